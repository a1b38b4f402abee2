import { type HiddenPart, hiddenIn, withHiddenShown } from '../../shared/hiddenText.ts';
import type { RanCall } from '../../shared/ranCalls.ts';

type Result = NonNullable<RanCall['result']>;

interface Shown {
  hidden: readonly HiddenPart[];
  /** With marks for what a person would not see. */
  text: string;
}

const known = new WeakMap<Result, Shown>();

/** What a tool has brought, as it is shown. Looked at once. */
export function shownResult(result: Result): Shown {
  const before = known.get(result);
  if (before) return before;
  const shown = { hidden: hiddenIn(result.text), text: withHiddenShown(result.text) };
  known.set(result, shown);
  return shown;
}
