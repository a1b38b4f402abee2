import type { CheckedWay, CheckFailure } from '../../shared/moderation.ts';

/** A text as the check is given it. */
export interface CheckedText {
  part: 'system' | 'tools' | 'user' | 'assistant' | 'document' | 'toolCall' | 'toolResult';
  /** The title of a document, or what the tool was called for. */
  name?: string;
  text: string;
}

/** What the check is given, as JSON. */
export interface CheckSubject {
  /** Of this form. */
  version: 1;
  way: CheckedWay;
  model: string;
  /** In their order; without those that have passed in this conversation before. */
  texts: CheckedText[];
}

export type Verdict = 'allow' | 'ask' | 'block';

export type Outcome =
  | { kind: 'verdict'; verdict: Verdict; reason: string }
  /** `detail`: the words of the program, the server or the system; may be empty. */
  | { kind: 'failed'; failure: CheckFailure; detail: string };

/** Asks one check. Rejects only once the signal is aborted. */
export type Look = (subject: CheckSubject, signal: AbortSignal) => Promise<Outcome>;

/** A check that the user has set up. */
export interface Check {
  /** The command or the address, as it is shown. */
  by: string;
  look: Look;
}

/** Those that are set up, for the ways that they are for. None where `all` is empty. */
export interface Checks {
  /** Changes with what is set up: what has passed another check has not passed this one. */
  id: string;
  ways: ReadonlySet<CheckedWay>;
  all: readonly Check[];
}
