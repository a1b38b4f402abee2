/** Puts back what a request's placeholders stand for, in what is answered to it. */
export interface Restoring {
  /** For a block that comes in pieces. `json`: its text is JSON, where what is put back has to be escaped. */
  pieces(form: 'text' | 'json'): PieceRestorer;
  /** The same of parsed JSON: every text and every name in it, in a copy. */
  fields(input: Record<string, unknown>): Record<string, unknown>;
}

export interface PieceRestorer {
  /** What can be shown by now: the start of a placeholder is held back until the rest has come. */
  append(piece: string): string;
  /** What was held back. Nothing more comes. */
  end(): string;
}
