import { highlighter } from './languages.ts';
import { withLongWords, withoutLongWords } from './longWords.ts';
import { RunCollector, type Run, withKeys } from './runs.ts';

highlighter.configure({ __emitter: RunCollector });

/** Lines of one slice: a few milliseconds even where nothing is compiled yet. */
const sliceLines = 64;
/** A slice that ends inside of a string or comment is tried again twice as long, up to this many lines. */
const mostSliceLines = 512;
/** Characters of one slice, for code that was put into few lines. */
const sliceCharacters = 8_000;

export function knowsLanguage(language: string): boolean {
  return highlighter.getLanguage(language) !== undefined;
}

/**
 * The runs of `code`, slice by slice, so that whoever asks can rest in between: an empty list is a rest, too. A slice
 * ends where the language's grammar is back at its start, which makes the sum of the slices what one pass would give.
 */
export function* highlightCode(code: string, language: string): Generator<Run[]> {
  const { name = '' } = highlighter.getLanguage(language) ?? {};
  for (let at = 0; at < code.length;) {
    let lines = sliceLines;
    for (;;) {
      const end = endOfSlice(code, at, lines);
      const slice = code.slice(at, end);
      const { text, cuts } = withoutLongWords(slice);
      const result = highlighter.highlight(text, { language, ignoreIllegals: true });
      if (end === code.length || lines >= mostSliceLines || isAtStart(result._top)) {
        yield withLongWords(withKeys(runsOf(result._emitter, text), name), cuts);
        at = end;
        break;
      }
      lines *= 2;
      yield [];
    }
  }
}

/** Behind a blank line where the last third of the slice has one: nothing looks ahead beyond that. */
function endOfSlice(code: string, start: number, lines: number): number {
  const mostCharacters = sliceCharacters * (lines / sliceLines);
  let end = start;
  for (let line = 0; line < lines && end < code.length && end - start < mostCharacters; line++) {
    const newline = code.indexOf('\n', end);
    end = newline === -1 ? code.length : newline + 1;
  }
  if (end === code.length) return end;
  const blank = code.lastIndexOf('\n\n', end - 1);
  return blank + 2 > start + ((end - start) * 2) / 3 ? blank + 2 : end;
}

/** Whether a grammar's state is its first one, the language itself: that alone has no parent. */
function isAtStart(state: object | undefined): boolean {
  return state === undefined || !('parent' in state) || state.parent === undefined;
}

/** What was gathered; the text without colours where the grammar failed at it. */
function runsOf(emitter: unknown, text: string): Run[] {
  const runs = emitter instanceof RunCollector ? emitter.runs : [];
  const length = runs.reduce((sum, run) => sum + run.text.length, 0);
  return length === text.length ? runs : [{ text, role: undefined }];
}
