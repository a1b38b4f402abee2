import type { Links } from 'marked';
import { isClosed, openingLength } from './fences.ts';
import { lex, type Block } from './lex.ts';
import { mayHaveMath } from './math/mathSyntax.ts';
import { closeInline } from './unfinishedInline.ts';

/** Whether it is not known yet what `block` will be. */
export function isHalf(block: Block): boolean {
  return (block.type === 'math' && block.isOpen) || (block.type === 'details' && block.isArriving);
}

/** Whether `block` has its opening, and not the end. */
export function isOpen(block: Block): boolean {
  if (block.type === 'details') return !block.isArriving && !block.isClosed;
  if (block.type !== 'code' || block.codeBlockStyle === 'indented') return false;
  return openingLength(block.raw) > 0 && !isClosed(block.raw);
}

/** Characters of a line that may be nothing but marks, such as that below the head of a wide table. */
const longestMarks = 1_000;

/**
 * A last line of marks only is not shown before it is clear what it becomes: a list item, a rule, a table's second
 * line, a fence, or the underline that would turn the paragraph above into a heading for one frame. Nor is the first
 * line of a table before its second one is there: it would be text until then.
 */
export function withoutAmbiguousEnd(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  if (source.length - start > longestMarks) return source;
  const line = source.slice(start);
  if (beginsDetails.test(line)) return source.slice(0, start);
  const head = startOfTableHead(source, start, line);
  if (head !== undefined) return source.slice(0, head);
  return /^[\s>]*(?:[-+*=_#`~|:$\s]+|\\\[?|\d{1,9}[.)]?)$/.test(line) ? source.slice(0, start) : source;
}

/** Where the line begins that may be the first one of a table whose second one is still arriving. */
function startOfTableHead(source: string, start: number, line: string): number | undefined {
  const isMarks = beginsTableMarks.test(line);
  const at = isMarks ? startOfLineAbove(source, start) : start;
  const head = isMarks ? source.slice(at, Math.max(at, start - 1)) : line;
  return tableHead.test(head) && !tableMarks.test(head) && !isInTable(source, at) ? at : undefined;
}

/** Its columns' names are short. Only with a bar at its start: of other lines most are text, and shown before a bar comes. */
const tableHead = /^[\s>]*\|(?:[^|\n]{0,60}\|)*[^|\n]{0,60}$/;
const tableMarks = /^[\s>:|]*-[-\s:|]*$/;
const beginsTableMarks = /^[-\s>:|]*$/;

/** Whether the line that begins at `start` is one of a table: some line above it, without a blank one between, is of marks. */
function isInTable(source: string, start: number): boolean {
  for (let end = start; end > 0;) {
    const above = startOfLineAbove(source, end);
    const line = source.slice(above, end - 1);
    if (!line.includes('|')) return false;
    if (tableMarks.test(line)) return true;
    end = above;
  }
  return false;
}

function startOfLineAbove(source: string, start: number): number {
  return start < 2 ? 0 : source.lastIndexOf('\n', start - 2) + 1;
}

/** Half of the first tag of a text that folds. */
const beginsDetails = /^ {0,3}<(?:d(?:e(?:t(?:a(?:i(?:l(?:s(?:\s[^<>\n]*)?)?)?)?)?)?)?)?$/i;

/** `last` as it reads with open emphasis closed; undefined where that is how it reads anyway. */
export function asItWillRead(last: Block | undefined, links: Links): Block | undefined {
  const start = last ? startOfOpenText(last) : -1;
  if (!last || start === -1) return undefined;
  const text = last.raw.slice(start);
  const closed = closeInline(text);
  if (text.trim() === '' || (closed === text.trimEnd() && !mayHaveMath(text))) return undefined;
  const [again, ...more] = lex(last.raw.slice(0, start) + closed, { links, openMath: 'any' });
  return again?.type === last.type && more.length === 0 && isLoose(again) === isLoose(last) ? again : undefined;
}

/** Where the text begins that emphasis can span and that still grows; -1 where nothing does. */
function startOfOpenText(block: Block): number {
  const { type, raw } = block;
  if (type === 'paragraph' || type === 'heading') return 0;
  if (type === 'list' || type === 'blockquote') return raw.lastIndexOf('\n') + 1;
  if (type === 'table') return Math.max(raw.lastIndexOf('\n'), raw.lastIndexOf('|')) + 1;
  return -1;
}

/** Whether `block` ends with words to which more can be added. */
export function hasWords(block: Block | undefined): boolean {
  return block !== undefined && startOfOpenText(block) !== -1;
}

function isLoose(block: Block): boolean {
  return block.type === 'list' && block.loose;
}
