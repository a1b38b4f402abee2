import type { CarriedConversation } from './carried.ts';

/** What makes a file unreadable as a conversation. */
export type FileProblem =
  | 'notJson'
  | 'notAConversation'
  | 'newerVersion'
  | 'openFrontMatter'
  /** There is no line like `## You`. */
  | 'noTurns'
  /** Of JSON: a turn lacks what a turn has. */
  | 'badTurn'
  /** Of JSON: a turn follows one that is not before it. */
  | 'badParent';

/** What of a file could not be taken over, while the rest was. */
export type FileNote =
  /** A field between the lines of `---`. */
  | 'badField'
  | 'textBeforeTurns'
  /** The data of a turn, or of a long text; what stands in the file for the reader was taken. */
  | 'badData'
  /** What the mark stands for was in the data, which has none of it. */
  | 'missingData'
  | 'openFence'
  /** Changes to a finding are not read. */
  | 'editedFinding'
  /** The turn before it is not there. */
  | 'missingParent';

export interface NoteAtLine {
  note: FileNote;
  /** 1-based. */
  line: number;
}

export type ReadConversation =
  | { ok: true; conversation: CarriedConversation; notes: NoteAtLine[] }
  /** `line` is 1-based; absent where the file as a whole is meant. `turn` counts from 1. */
  | { ok: false; problem: FileProblem; line?: number; turn?: number };

/** What turns get that have none of their own. */
export interface Birth {
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
}
