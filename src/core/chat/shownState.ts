import type { ViewState } from '../../shared/protocol/changes.ts';
import type { ChatSession } from './session.ts';
import { withoutData } from '../conversation/shownAttachments.ts';

/** What of a snapshot is the conversation’s own. */
export type ShownState = Pick<
  ViewState,
  'conversation' | 'draft' | 'attachments' | 'queue' | 'unfinished' | 'clearance' | 'moderation'
>;

/** The conversation as a view is given it that knows nothing yet: without the bytes of what lies beside the message. */
export function shownState({
  conversation,
  unsent,
  clearance,
  moderation,
}: Pick<ChatSession, 'conversation' | 'unsent' | 'clearance' | 'moderation'>): ShownState {
  const { draft, attachments, queue, unfinished } = unsent;
  return {
    conversation,
    draft,
    attachments: attachments.map(withoutData),
    queue: queue.messages,
    unfinished,
    clearance: clearance?.ask ?? null,
    moderation: moderation?.state ?? null,
  };
}
