import { type MessageReaders, text } from './readers.ts';

/** What becomes of an answer: of the one that runs, or of one that has ended. */
export type AnswerMessage =
  | { type: 'stop' }
  /** End the wait between two attempts. */
  | { type: 'retryNow' }
  /** Ask again for this answer; what it held is replaced. */
  | { type: 'retry'; turnId: string }
  /** The same, of a model that the host asks the user for. */
  | { type: 'retryWithModel'; turnId: string }
  /** The same, and never again with the field that the endpoint has refused. */
  | { type: 'retryWithout'; turnId: string }
  /** The same, and never again with what was attached and has been refused. */
  | { type: 'retryWithoutRefused'; turnId: string }
  /** The same, of a model with a larger context window that the host asks the user for; later answers are its too. */
  | { type: 'retryWithLarger'; turnId: string }
  /** Ask again with the key in the other header. */
  | { type: 'retryWithOtherKeyHeader'; turnId: string }
  /** Go on with the model that takes the place of the one that was not found, and ask again. */
  | { type: 'retryWithSuccessor'; turnId: string }
  /** Get the rest of an answer that was cut. */
  | { type: 'continue'; turnId: string };

export const answerReaders: MessageReaders<AnswerMessage> = {
  stop: {},
  retryNow: {},
  retry: { turnId: text },
  retryWithModel: { turnId: text },
  retryWithout: { turnId: text },
  retryWithoutRefused: { turnId: text },
  retryWithLarger: { turnId: text },
  retryWithOtherKeyHeader: { turnId: text },
  retryWithSuccessor: { turnId: text },
  continue: { turnId: text },
};
