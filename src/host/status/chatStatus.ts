import type { Problem } from '../../shared/problem.ts';
import { problemText } from '../../shared/problemText.ts';
import type { Translate } from '../../shared/translate.ts';
import type { ConnectionStatus } from '../../shared/protocol/connection.ts';
import { type Shown, withIcon } from '../../shared/shown.ts';

/** What the status bar tells of. */
export interface ChatStatus {
  /** Undefined until it is known. */
  connection: ConnectionStatus | undefined;
  /** When each of the running answers has begun, in milliseconds since the epoch. */
  runningSince: readonly number[];
  /** Why the last answer failed, until somebody has looked. */
  failure: Problem | undefined;
}

export interface StatusText {
  /** A codicon and a few words. */
  text: Shown;
  /** The same as a sentence, for the tooltip and for screen readers. It does not change while an answer runs. */
  sentence: string;
}

/** The most urgent first: what runs, what went wrong, what is missing. `now` in milliseconds since the epoch. */
export function statusText({ connection, runningSince, failure }: ChatStatus, now: number, t: Translate): StatusText {
  const [first, ...others] = runningSince;
  if (first !== undefined && others.length > 0) {
    const count = runningSince.length;
    return { text: withIcon('loading~spin', t('{0} answers…', count)), sentence: t('{0} answers are running', count) };
  }
  if (first !== undefined) {
    const seconds = Math.max(0, Math.floor((now - first) / 1_000));
    return { text: withIcon('loading~spin', t('Answering… {0} s', seconds)), sentence: t('An answer is running') };
  }
  if (failure) {
    const { title } = problemText(failure, t);
    return { text: withIcon('warning', 'Marginalia'), sentence: t('The last answer failed: {0}', title) };
  }
  if (connection?.baseUrlProblem !== undefined) {
    return { text: withIcon('warning', 'Marginalia'), sentence: t('The base URL cannot be used') };
  }
  if (connection?.key === 'missing') return { text: withIcon('key', 'Marginalia'), sentence: t('Set your API key') };
  return { text: withIcon('comment-discussion', 'Marginalia'), sentence: t('Ready') };
}
