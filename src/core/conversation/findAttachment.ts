import type { Attachment } from '../../shared/attachment.ts';
import { imagesOfCalls } from '../../shared/ranCalls.ts';
import type { TurnRecord } from './turns.ts';
import type { Unsent } from './unsent.ts';

/** What was attached to any turn or brought by a tool, or lies beside the next one. */
export function findAttachment(
  id: string,
  { attachments, queue }: Pick<Unsent, 'attachments' | 'queue'>,
  turns: readonly TurnRecord[],
): Attachment | undefined {
  const asked = [...queue.turns, ...turns].filter(turn => turn.role === 'user');
  const sent = asked.flatMap(turn => [
    ...(turn.attachments ?? []),
    ...(turn.toolResults ?? []).flatMap(({ images = [] }) => images),
  ]);
  const brought = turns.flatMap(turn => (turn.role === 'user' ? [] : imagesOfCalls(turn.calls ?? [])));
  return [...attachments, ...sent, ...brought].find(attachment => attachment.id === id);
}
