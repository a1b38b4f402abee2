import type { UserTurn } from '../../shared/conversation.ts';
import type { MessageParam, MessagesRequest } from '../messages/wire.ts';
import { promptOf } from '../context/prompts.ts';
import { reportTool, reportToolName } from '../review/reportTool.ts';
import { answerText, type AnswerRecord, type TurnRecord } from './turns.ts';

/** What the user has set. An undefined parameter is not sent. */
export interface RequestSettings {
  model: string;
  maxTokens: number;
  stream: boolean;
  systemPrompt: string;
  reviewSystemPrompt: string;
  temperature?: number;
  topP?: number;
  topK?: number;
  stopSequences: string[];
  metadataUserId: string;
}

/** What the user wants for an answer to the last of `turns`, a user turn; `prepareRequest` fits it to the model. */
export function buildRequest(turns: readonly TurnRecord[], settings: RequestSettings): MessagesRequest {
  const asked = turns.findLast((turn): turn is UserTurn => turn.role === 'user');
  const isReview = asked?.intent === 'review';
  const system = isReview ? settings.reviewSystemPrompt : settings.systemPrompt;
  return {
    model: settings.model,
    max_tokens: settings.maxTokens,
    stream: settings.stream,
    ...(system.trim() !== '' && { system }),
    messages: turns.flatMap(toMessages),
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings.topP !== undefined && { top_p: settings.topP }),
    ...(settings.topK !== undefined && { top_k: settings.topK }),
    // A stop sequence would cut the JSON of a review's tool call.
    ...(settings.stopSequences.length > 0 && !isReview && { stop_sequences: settings.stopSequences }),
    ...(settings.metadataUserId !== '' && { metadata: { user_id: settings.metadataUserId } }),
    ...(isReview && { tools: [reportTool], tool_choice: { type: 'tool', name: reportToolName } }),
  };
}

function toMessages(turn: TurnRecord): MessageParam[] {
  if (turn.role === 'user') return [{ role: 'user', content: promptOf(turn) }];
  const text = turn.findings ? describeFindings(turn) : answerText(turn).trimEnd();
  return text === '' ? [] : [{ role: 'assistant', content: text }];
}

/** A review in words: handing its tool call back would bind every later request to the review's tool. */
function describeFindings(turn: AnswerRecord): string {
  const findings = turn.findings ?? [];
  if (findings.length === 0) return 'I found nothing to change.';
  const rows = findings.map((finding, index) => {
    const place = finding.placement.placed ? `${finding.path}:${finding.placement.line}` : finding.path;
    return `${index + 1}. [${finding.severity}] ${finding.title} (${place})\n${finding.explanation}`;
  });
  return `My findings:\n\n${rows.join('\n\n')}`;
}
