/** How much of an answer is read. Far beyond what the protocol's longest answers have: who sends more means no good. */
export interface AnswerLimits {
  /** Bytes of a whole answer as it comes over the wire, decompressed. A token in an event of its own takes some 150. */
  answerBytes: number;
  /** Characters of what is parsed in one piece: an event's data, a line, an answer that comes as one JSON text. */
  eventCharacters: number;
  /** Bytes of the body of an answer with an error status. */
  errorBytes: number;
  /** Content blocks. */
  blocks: number;
}

export const usualLimits: AnswerLimits = {
  answerBytes: 128 * 1024 * 1024,
  eventCharacters: 4 * 1024 * 1024,
  errorBytes: 1024 * 1024,
  blocks: 5_000,
};

/** A limit, by the problem that going beyond it is. */
export type Limit = 'answerTooLong' | 'eventTooLong' | 'errorTooLong' | 'tooManyBlocks';

/** Thrown by whoever reads what an endpoint has sent, where there is more of it than is read. */
export class BeyondLimit extends Error {
  readonly limit: Limit;

  constructor(limit: Limit) {
    super(`Beyond a limit: ${limit}`);
    this.name = 'BeyondLimit';
    this.limit = limit;
  }
}
