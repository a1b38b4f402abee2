import type { FindingMessage } from '../../shared/protocol/findings.ts';
import type { ChatController } from '../chatController.ts';
import type { ReviewThreads } from '../review/reviewThreads.ts';
import { type Handlers, onShown } from './handlers.ts';

export const findingHandlers: Handlers<FindingMessage> = {
  finding: onShown((chat, message, { threads }) => takeFinding(chat, message, threads)),
};

/** One that stands nowhere in the editor can be dismissed all the same. */
async function takeFinding(
  { session }: ChatController,
  { turnId, findingId, action }: FindingMessage,
  threads: ReviewThreads,
): Promise<void> {
  if (action === 'apply') await threads.applyOrExplain(findingId);
  else if (action === 'next') await threads.next(findingId);
  else if (threads.has(findingId)) threads.dismiss(findingId);
  else await session.reviews.close(turnId, new Set([findingId]), 'dismissed');
}
