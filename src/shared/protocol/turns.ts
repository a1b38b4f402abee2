import { type MessageReaders, text } from './readers.ts';

/** Changes of the tree of turns, and ways to another conversation. */
export type TurnMessage =
  | { type: 'newConversation' }
  /** Puts another text in the place of a turn's: a question is asked again, an answer stands as it is. */
  | { type: 'editTurn'; turnId: string; text: string }
  /** Shows the branch that leads through the turn. */
  | { type: 'switchTurn'; turnId: string }
  | { type: 'deleteTurn'; turnId: string }
  /** With all that follows it. */
  | { type: 'deleteBranch'; turnId: string }
  /** Brings back what was deleted last. */
  | { type: 'restoreTurn' }
  /** Goes on in a new conversation that holds everything up to this turn. */
  | { type: 'forkTurn'; turnId: string }
  /** Shows how two turns that stand in one place differ. */
  | { type: 'compareTurns'; turnId: string; otherId: string };

export const turnReaders: MessageReaders<TurnMessage> = {
  newConversation: {},
  editTurn: { turnId: text, text },
  switchTurn: { turnId: text },
  deleteTurn: { turnId: text },
  deleteBranch: { turnId: text },
  restoreTurn: {},
  forkTurn: { turnId: text },
  compareTurns: { turnId: text, otherId: text },
};

/** A changed question that has not gone out: back to where it was changed. */
export interface TurnHostMessage {
  type: 'editAgain';
  conversationId: string;
  turnId: string;
  text: string;
}
