import type { Family } from './languages.ts';

/**
 * The lines with the insides of strings and all comments blanked, at the same columns: a pattern that is looked for in
 * them finds code only. Strings over several lines are taken for code, except template literals and Python's.
 */
export function masked(lines: readonly string[], family: Family): readonly string[] {
  let inside = '';
  return lines.map(line => {
    let result = '';
    while (result.length < line.length) {
      const at = result.length;
      if (inside !== '') {
        const end = endOf(line, at, inside);
        result += ' '.repeat((end ?? line.length) - at);
        if (end !== undefined) inside = '';
        continue;
      }
      const opened = opening(line, at, family);
      if (opened === 'rest of line') return result.padEnd(line.length);
      inside = opened;
      result += opened === '' ? line.charAt(at) : ' '.repeat(opened.length);
    }
    if (!isMultiLine(inside)) inside = '';
    return result;
  });
}

function isMultiLine(mark: string): boolean {
  return mark === '`' || mark === '/*' || mark === '"""' || mark === "'''";
}

function opening(line: string, at: number, family: Family): string {
  const rest = line.slice(at, at + 3);
  if (family === 'python') {
    if (rest.startsWith('#')) return 'rest of line';
    if (rest === '"""' || rest === "'''") return rest;
  } else {
    if (rest.startsWith('//')) return 'rest of line';
    if (rest.startsWith('/*')) return '/*';
    if (rest.startsWith('`') && (family === 'script' || family === 'go')) return '`';
  }
  // A lone quote in Rust is a lifetime as often as a character.
  if (rest.startsWith("'") && family === 'rust') return '';
  return rest.startsWith('"') || rest.startsWith("'") ? rest.charAt(0) : '';
}

/** The column after the end of what the mark has opened, if that is on this line. */
function endOf(line: string, from: number, mark: string): number | undefined {
  const close = mark === '/*' ? '*/' : mark;
  for (let at = from; at < line.length; at++) {
    if (line.charAt(at) === '\\' && mark !== '/*') at += 1;
    else if (line.startsWith(close, at)) return at + close.length;
  }
  return undefined;
}
