import { inlineMath, openInlineMath } from './math/mathSyntax.ts';

/**
 * `text`, which ends in the middle of a line, as it will most likely read when it goes on: open emphasis and code are
 * closed, a half-typed mark is left out, a link whose address is still arriving shows its label. Only for display.
 */
export function closeInline(text: string): string {
  const body = withoutHalfTag(withoutOpenLink(text.trimEnd()));
  const open = findOpen(body);
  const last = open.at(-1);
  if (!last || open.length > mostOpen) return body;
  // What was opened and has no text yet would be closed as an empty pair, which is no emphasis but marks on screen.
  if (body.length === last.at + last.mark.length) return closeInline(body.slice(0, last.at));
  if (last.mark.startsWith('`')) return body.replace(/`+$/, '') + last.mark + closers(open.slice(0, -1));
  return body.replace(/(?<!\\)[*_~]+$/, '') + closers(open);
}

/** Of more marks than anybody has open at a time it can't be guessed which will be closed, and trying is dear. */
const mostOpen = 8;

interface OpenMark {
  mark: string;
  at: number;
}

function closers(open: OpenMark[]): string {
  return open.map(({ mark }) => mark.replace('<', '</')).reduceRight((all, mark) => all + mark, '');
}

/** The marks that have no partner, in order. Code comes last if it is there: nothing counts inside of it. */
function findOpen(text: string): OpenMark[] {
  const open: OpenMark[] = [];
  const marks = /\\.|<\/?(?:kbd|sub|sup)>|`+|\*\*|__|~~|\*|_|(?<![\w$])\$+/gs;
  for (let match = marks.exec(text); match; match = marks.exec(text)) {
    const mark = match[0];
    const at = match.index;
    if (/^(?:\$|\\[([])/.test(mark)) {
      // Nothing counts inside of a formula, and nothing can be closed behind one that is still arriving.
      const formula = inlineMath(text.slice(at));
      if (formula) marks.lastIndex = at + formula.raw.length;
      else if (openInlineMath(text.slice(at))) return [];
      continue;
    }
    if (mark.startsWith('\\')) continue;
    if (mark.startsWith('`')) {
      const end = endOfCode(text, at + mark.length, mark.length);
      if (end === -1) return [...open, { mark, at }];
      marks.lastIndex = end;
      continue;
    }
    if (mark.startsWith('<')) {
      const start = open.findLastIndex(entry => entry.mark === mark.replace('/', ''));
      if (!mark.startsWith('</')) open.push({ mark, at });
      else if (start !== -1) open.splice(start);
      continue;
    }
    const before = text.charAt(at - 1);
    const after = text.charAt(at + mark.length);
    const partner = open.findLastIndex(entry => entry.mark === mark);
    if (partner !== -1 && before !== '' && !/\s/.test(before)) open.splice(partner);
    // Not inside a word: `2*3` and `snake_case` are no emphasis, and guessing wrong would turn a paragraph slanted.
    else if ((before === '' || /[\s([{"'“‘*_~—–-]/.test(before)) && !/\s/.test(after)) open.push({ mark, at });
  }
  return open;
}

/** Where a code span that began with `length` backticks ends; -1 while it is open. */
function endOfCode(text: string, from: number, length: number): number {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(text); run; run = runs.exec(text)) {
    if (run[0].length === length) return runs.lastIndex;
  }
  return -1;
}

/** What may become a tag that is built is not shown as text before. */
function withoutHalfTag(text: string): string {
  return text.replace(/<\/?(?:k(?:bd?)?|s(?:u[bp]?)?|b(?:r\s*\/?)?)?$/i, '');
}

function withoutOpenLink(text: string): string {
  return text.replace(/!?\[([^[\]\n]*)\]\([^()\n]*$/, '$1');
}
