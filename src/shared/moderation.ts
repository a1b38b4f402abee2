/** The way of a text that the user's own check looks at: to the endpoint, or back from it. */
export type CheckedWay = 'out' | 'back';

/** What the user's own check is about now. `by`: the command or the address, as it is shown. */
export type ModerationState =
  | { phase: 'checking'; way: CheckedWay; by: string }
  /** It leaves it to the user. */
  | { phase: 'asks'; way: CheckedWay; by: string; reason: string };

/** Why a check has brought no verdict. */
export const checkFailures = [
  'notStarted',
  'exitCode',
  'timeout',
  'noVerdict',
  'status',
  'unreachable',
  'badAddress',
  /** The user, or the end of the window, has stopped it. */
  'stopped',
] as const;
export type CheckFailure = (typeof checkFailures)[number];

/** How the user's check of an answer stands. An answer that has passed has none. */
export type AnswerCheck = { state: 'checking' } | KeptBack;

/** What keeps an answer back: then nothing but its own place in the chat shows it, once the reader asks for that. */
export function keptBackOf({ check }: { check?: AnswerCheck | undefined }): KeptBack | undefined {
  return check?.state === 'checking' ? undefined : check;
}

/** An answer that is not used: its check has blocked it, or the user has when asked, or there is no verdict. */
export type KeptBack =
  | { state: 'blocked'; by: string; reason: string }
  | { state: 'failed'; by: string; failure: CheckFailure; detail: string };
