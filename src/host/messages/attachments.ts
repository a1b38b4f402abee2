import type { AttachmentMessage } from '../../shared/protocol/attachments.ts';
import { attachData } from '../commands/attach.ts';
import { changing, type Handlers, onShown } from './handlers.ts';

export const attachmentHandlers: Handlers<AttachmentMessage> = {
  attach: changing((chat, { name, data }) => attachData(chat, name, data)),
  detach: changing(({ session }, { ids }) => session.unsent.detach(ids)),
  openAttachment: onShown(({ mentions }, { id, asSent }) => mentions.open(id, asSent)),
  showAttachment: onShown((chat, { id }) => chat.postAttachment(id)),
};
