import type { SentLimits } from '../../shared/conversation.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import type { AnswerSources } from './prepareAnswer.ts';

/** What may end the answer to a request before all is said, and who has set it. */
export function sentLimits(body: MessagesRequest, { parameters, settings }: AnswerSources): SentLimits {
  const wanted = parameters.max_tokens ?? settings.maxTokens;
  const isOwn = parameters.max_tokens !== undefined;
  return {
    maxTokens: body.max_tokens,
    maxTokensFrom: body.max_tokens === wanted ? (isOwn ? 'parameters' : 'settings') : 'model',
    ...(body.stop_sequences && { stopSequencesFrom: parameters.stop_sequences ? 'parameters' : 'settings' }),
  };
}
