import type { SentLimits } from '../../shared/conversation.ts';
import type { MessagesRequest } from '../messages/wire.ts';
import type { AnswerSources } from './prepareAnswer.ts';

/**
 * What may end the answer to a request before all is said, and where that can be changed: what came from the settings is
 * the conversation's once it is answered.
 */
export function sentLimits(body: MessagesRequest, { parameters, settings }: AnswerSources): SentLimits {
  const wanted = parameters.max_tokens ?? settings.maxTokens;
  return {
    maxTokens: body.max_tokens,
    maxTokensFrom: body.max_tokens === wanted ? 'parameters' : 'model',
    ...(body.stop_sequences && { stopSequencesFrom: 'parameters' }),
  };
}
