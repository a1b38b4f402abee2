import { mayNeverEnd } from '../../shared/mayNeverEnd.ts';
import { isCode, type ShownText } from './shownText.ts';

export interface Query {
  term: string;
  matchCase: boolean;
  wholeWord: boolean;
  isRegex: boolean;
  /** Whether to find in code alone. */
  codeOnly: boolean;
}

export interface Pattern {
  ok: true;
  pattern: RegExp;
  isRegex: boolean;
  codeOnly: boolean;
}

/** Why a query cannot be searched for: no regular expression, or one that could hold everything up. */
export type QueryProblem = 'invalid' | 'tooSlow';

/** Milliseconds that a regular expression may take for one text. */
const mostMs = 100;
/** Characters that a regular expression sees at once. */
const longestLine = 1_000;

export function compile(query: Query): Pattern | { ok: false; problem: QueryProblem } {
  const { term, matchCase, wholeWord, isRegex, codeOnly } = query;
  if (isRegex && mayNeverEnd(term)) return { ok: false, problem: 'tooSlow' };
  const source = isRegex ? term : term.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const whole = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return { ok: true, pattern: new RegExp(whole, matchCase ? 'gmu' : 'gimu'), isRegex, codeOnly };
  } catch {
    return { ok: false, problem: 'invalid' };
  }
}

/**
 * Where the pattern matches: start, end, start, end; `most` matches at most. A match stays in its line. Undefined where
 * it takes too long.
 */
export function matchesIn(shown: ShownText, pattern: Pattern, most: number, now: () => number): number[] | undefined {
  const found: number[] = [];
  const startedAt = now();
  for (const { start, text } of pattern.isRegex ? linesOf(shown.text) : [{ start: 0, text: shown.text }]) {
    for (const match of text.matchAll(pattern.pattern)) {
      const from = start + match.index;
      const to = from + match[0].length;
      if (to > from && (!pattern.codeOnly || isCode(shown, from, to))) found.push(from, to);
      if (found.length >= 2 * most) return found;
    }
    if (pattern.isRegex && now() - startedAt > mostMs) return undefined;
  }
  return found;
}

function* linesOf(text: string): Generator<{ start: number; text: string }> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const lineEnd = newline === -1 ? text.length : newline;
    const end = Math.min(lineEnd, start + longestLine);
    yield { start, text: text.slice(start, end) };
    start = end === lineEnd ? end + 1 : end;
  }
}
