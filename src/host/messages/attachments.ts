import { mediaDataOf } from '../../core/chat/mediaRoom.ts';
import type { AttachmentMessage, AttachmentReplies, AttachmentRequest } from '../../shared/protocol/attachments.ts';
import { attachData } from '../commands/attach.ts';
import { changing, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const attachmentHandlers: Handlers<AttachmentMessage> = {
  attach: changing((chat, { name, data }) => attachData(chat, name, data)),
  detach: changing(({ session, parts }, { ids }) => {
    parts.followed.removed(ids);
    session.unsent.detach(ids);
  }),
  followEditor: changing(({ parts }, { instead }) => parts.followed.turnOn(instead)),
  holdEditor: changing(({ parts }) => parts.followed.hold()),
  attachAgain: changing(({ mentions }, { id }) => mentions.attachAgain(id)),
  openAttachment: onShown(({ mentions }, { id, asSent }) => mentions.open(id, asSent)),
};

export const attachmentRequestHandlers: RequestHandlers<AttachmentRequest, AttachmentReplies> = {
  showAttachment: onShown(({ session }, { id }) => {
    const data = mediaDataOf(session, id);
    // The editor hands typed arrays over as such, but not Node's own kind of them.
    return data === undefined ? null : new Uint8Array(Buffer.from(data, 'base64'));
  }),
};
