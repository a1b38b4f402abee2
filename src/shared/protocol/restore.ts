import type { RestorePlan } from '../restore.ts';
import { flag, integer, listOf, type MessageReaders, refused, text } from './readers.ts';

export type RestoreMessage =
  /** Bring these files back to what they were ahead of the turn; with the conversation where that is wanted. */
  | { type: 'restore'; turnId: string; files: ChosenFile[]; isWithConversation: boolean }
  /** Take the last restore back. */
  | { type: 'undoRestore' };

/** See RestoreFile. */
interface ChosenFile {
  address: string;
  now: string;
}

export const restoreReaders: MessageReaders<RestoreMessage> = {
  restore: { turnId: text, files: listOf(chosenFile), isWithConversation: flag },
  undoRestore: {},
};

function chosenFile(value: unknown): ChosenFile | typeof refused {
  if (typeof value !== 'object' || value === null) return refused;
  const { address, now } = value as Partial<Record<keyof ChosenFile, unknown>>;
  return typeof address === 'string' && typeof now === 'string' ? { address, now } : refused;
}

export type RestoreRequest =
  /** Tell what going back to the turn would do. */
  | { type: 'planRestore'; turnId: string }
  /** Take back a hunk of the change that the call of this block has made. */
  | { type: 'takeBackHunk'; turnId: string; index: number; hunk: number };

export const restoreRequestReaders: MessageReaders<RestoreRequest> = {
  planRestore: { turnId: text },
  takeBackHunk: { turnId: text, index: integer, hunk: integer },
};

export interface RestoreReplies {
  planRestore: RestorePlan;
  /** False: the file says something else there by now, or something runs. */
  takeBackHunk: boolean;
}

/** Ask the user whether to go back to the turn. */
export interface RestoreHostMessage {
  type: 'askRestore';
  conversationId: string;
  turnId: string;
}
