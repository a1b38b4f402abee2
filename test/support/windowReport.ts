import { writeSync } from 'node:fs';

/** What a window says, a line of JSON each. `at` is in milliseconds on the window's own clock. */
export type WindowReport =
  /** All that was due by then has been done. */
  | { kind: 'alive'; at: number }
  | { kind: 'typed'; text: string; at: number }
  /** The draft is stored. */
  | { kind: 'draft'; text: string }
  /** Is about to be attached. */
  | { kind: 'attaching'; id: string }
  /** What lies beside the message is stored. */
  | { kind: 'attachments'; ids: string[] }
  /** Is about to be sent. */
  | { kind: 'sending'; text: string }
  /** What waits is stored. */
  | { kind: 'queue'; texts: string[] }
  /** A question is stored. */
  | { kind: 'asked'; turnId: string; text: string }
  /** A part of an answer has arrived; it ends at `end` in its block. */
  | { kind: 'arrived'; turnId: string; block: number; end: number; text: string; at: number }
  /** An answer has come to its end and is stored. */
  | { kind: 'answered'; turnId: string };

/**
 * Says it before anything else is done. Not by `process.stdout`: while whoever listens is busy it keeps what the pipe
 * does not take, and that would die with the window.
 */
export function report(line: WindowReport): void {
  let rest = Buffer.from(`${JSON.stringify(line)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}

/** Of what was written until the window was ended; the last line may be half a one. */
export function parseReports(output: string): WindowReport[] {
  const lines = output.split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as WindowReport);
}
