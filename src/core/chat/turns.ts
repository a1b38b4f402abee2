import type { AnswerBlock, AssistantTurn, Attachment, Turn, UserTurn } from '../../shared/conversation.ts';
import type { AnswerContent } from '../messages/wire.ts';

/** An answer as the host keeps it: the content blocks word for word, as they may have to be handed back. */
export type AnswerRecord = Omit<AssistantTurn, 'blocks'> & { content: AnswerContent[] };

export type TurnRecord = UserTurn | AnswerRecord;

/** The turn as the view sees it. */
export function toView(record: TurnRecord): Turn {
  if (record.role === 'user') {
    const { attachments, toolResults } = record;
    return {
      ...record,
      ...(attachments && { attachments: attachments.map(withoutData) }),
      ...(toolResults && {
        toolResults: toolResults.map(result =>
          result.images ? { ...result, images: result.images.map(withoutData) } : result,
        ),
      }),
    };
  }
  const { content, ...turn } = record;
  return { ...turn, blocks: content.map(toBlock) };
}

/** The view names attachments and does not show them: megabytes that it need not be sent. */
export function withoutData(attachment: Attachment): Attachment {
  const { source } = attachment;
  return source.type === 'url' ? attachment : { ...attachment, source: { ...source, data: '' } };
}

/** The block as the view sees it; positions are those of the content. */
export function toBlock(content: AnswerContent): AnswerBlock {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'thinking':
      return { type: 'thinking', text: content.thinking };
    case 'redacted_thinking':
      return { type: 'redactedThinking', text: '' };
    case 'tool_use':
      return { type: 'toolUse', id: content.id, name: content.name, text: content.inputJson };
    case 'other':
      return { type: 'text', text: '' };
  }
}

/** All prose of an answer. */
export function answerText(record: AnswerRecord): string {
  return textsOf(record).join('\n\n');
}

/** The text blocks of an answer that hold something. */
export function textsOf(record: AnswerRecord): string[] {
  return record.content.flatMap(block => (block.type === 'text' && block.text !== '' ? [block.text] : []));
}

/**
 * A stored turn as it is after a restart: an answer that was running then will not go on. What it held stays.
 */
export function settleInterrupted(record: TurnRecord): TurnRecord {
  if (record.role === 'user') return record;
  const { phase } = record.state;
  if (phase !== 'waiting' && phase !== 'retrying' && phase !== 'streaming') return record;
  const problem = { kind: 'interrupted', detail: '' } as const;
  return { ...record, state: { phase: record.content.length > 0 ? 'truncated' : 'failed', problem } };
}
