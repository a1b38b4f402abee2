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
 * line, a fence, or the underline that would turn the paragraph above into a heading for one frame.
 */
export function withoutAmbiguousEnd(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  if (source.length - start > longestMarks) return source;
  if (beginsDetails.test(source.slice(start))) return source.slice(0, start);
  return /^[\s>]*(?:[-+*=_#`~|:$\s]+|\\\[?|\d{1,9}[.)]?)$/.test(source.slice(start)) ? source.slice(0, start) : source;
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
