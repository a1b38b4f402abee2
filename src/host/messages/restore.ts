import type { RestoreMessage, RestoreReplies, RestoreRequest } from '../../shared/protocol/restore.ts';
import { changing, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const restoreHandlers: Handlers<RestoreMessage> = {
  restore: changing(({ parts }, { turnId, files, isWithConversation }) =>
    parts.restoring.restore(turnId, files, isWithConversation),
  ),
  undoRestore: changing(({ parts }) => parts.restoring.undo()),
};

export const restoreRequestHandlers: RequestHandlers<RestoreRequest, RestoreReplies> = {
  planRestore: onShown(({ parts }, { turnId }) => parts.restoring.plan(turnId)),
  takeBackHunk: onShown(({ session }, { turnId, index, hunk }) => session.calls.takeBackHunk(turnId, index, hunk)),
};
