import { isMedia } from '../../shared/conversation.ts';
import type { AttachmentMessage, AttachmentReplies, AttachmentRequest } from '../../shared/protocol/attachments.ts';
import { attachData } from '../commands/attach.ts';
import { changing, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const attachmentHandlers: Handlers<AttachmentMessage> = {
  attach: changing((chat, { name, data }) => attachData(chat, name, data)),
  detach: changing(({ session }, { ids }) => session.unsent.detach(ids)),
  openAttachment: onShown(({ mentions }, { id, asSent }) => mentions.open(id, asSent)),
};

export const attachmentRequestHandlers: RequestHandlers<AttachmentRequest, AttachmentReplies> = {
  showAttachment: onShown(({ session }, { id }) => {
    const attachment = session.findAttachment(id);
    if (!attachment || !isMedia(attachment) || attachment.source.type !== 'base64') return null;
    // The editor hands typed arrays over as such, but not Node's own kind of them.
    return new Uint8Array(Buffer.from(attachment.source.data, 'base64'));
  }),
};
