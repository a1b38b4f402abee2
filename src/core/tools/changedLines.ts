import { singleChange } from '../context/singleChange.ts';
import type { CallDiff } from '../../shared/ranCalls.ts';

/** Unchanged lines on either side, and lines in all that are shown. */
const around = 3;
const mostShown = 400;

/** What a change of a file's text looks like; `before` is undefined where there was no file. */
export function changedLines(path: string, before: string | undefined, after: string): CallDiff {
  const old = before ?? '';
  const { start, end, text } = singleChange(old, after);
  const head = linesOf(old.slice(0, start));
  const context = head.slice(-around);
  const lines = [
    ...marked('same', context),
    ...marked('removed', linesOf(old.slice(start, end))),
    ...marked('added', linesOf(text)),
    ...marked('same', linesOf(old.slice(end)).slice(0, around)),
  ];
  return {
    path,
    isNew: before === undefined,
    startLine: head.length - context.length + 1,
    lines: lines.slice(0, mostShown),
    unshown: Math.max(0, lines.length - mostShown),
  };
}

function marked(kind: CallDiff['lines'][number]['kind'], texts: readonly string[]): CallDiff['lines'] {
  return texts.map(text => ({ kind, text }));
}

/** The line break at the end begins no line of its own. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
