import type { HistoryMessage, HistoryReplies, HistoryRequest } from '../../shared/protocol/history.ts';
import type { PlaceHistory } from '../../core/chat/placeHistory.ts';
import { readOrTell } from '../status/toldFailure.ts';
import { type AnswerPorts, elsewhere, type Handler, type Handlers, type RequestHandlers } from './handlers.ts';

export const historyHandlers: Handlers<HistoryMessage> = {
  watchHistory: elsewhere((_, { isOn }, { history }) => history.watch(isOn)),
  searchHistory: elsewhere((_, { searchId, query }, { history, storeFailed }) =>
    readOrTell(() => history.search(searchId, query), storeFailed),
  ),
  openConversation: elsewhere((_, { id, turnId }, { history }) => history.open(id, turnId)),
  openConversationInTab: elsewhere((_, { id, turnId }, { history }) => history.openInTab(id, turnId)),
};

export const historyRequestHandlers: RequestHandlers<HistoryRequest, HistoryReplies> = {
  listConversations: elsewhere((_, { shelf, after }, { history, storeFailed }) =>
    readOrTell(() => history.list(shelf, after), storeFailed),
  ),
  renameConversation: doing((history, { id, title }) => history.rename(id, title)),
  pinConversation: doing((history, { id, isPinned }) => history.pin(id, isPinned)),
  archiveConversation: doing((history, { id, isArchived }) => history.archive(id, isArchived)),
  deleteConversation: doing((history, { id }) => history.delete(id)),
  restoreConversation: doing((history, { id }) => history.restore(id)),
  eraseConversation: doing((history, { id }) => history.erase(id)),
};

/** Nothing but that it is done is told to who asks for it. */
function doing<Request>(
  work: (history: PlaceHistory, request: Request) => Promise<void>,
): Handler<Request, Promise<null>> {
  return elsewhere((_, request, { history, storeFailed }: AnswerPorts) =>
    readOrTell(() => work(history, request).then(() => null), storeFailed),
  );
}
