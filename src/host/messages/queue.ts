import type { QueueMessage } from '../../shared/protocol/queue.ts';
import { changing, type Handlers } from './handlers.ts';

export const queueHandlers: Handlers<QueueMessage> = {
  unqueue: changing(({ session }, { id, isEdited }) => session.unsent.unqueue(id, isEdited)),
  steer: changing(({ session }, { id, isSteering }) => session.unsent.queue.steer(id, isSteering)),
  sendQueued: changing(({ parts }, { id }) => parts.asking.sendQueued(id)),
};
