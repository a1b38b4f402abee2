import type { Token } from 'marked';

/** The HTML elements within a line that are built, by us and without their attributes; all other HTML is text. */
export type InlineElement = 'kbd' | 'sub' | 'sup';

export interface InlineTag {
  name: InlineElement;
  isEnd: boolean;
}

const tag = /^<(\/?)(kbd|sub|sup)(?:\s[^<>]*)?(?<!\/)>$/i;

/** What `html` is, where it is the start or the end of such an element. */
export function inlineTag(html: string): InlineTag | undefined {
  const [, slash, name] = tag.exec(html) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase() as InlineElement, isEnd: slash === '/' };
}

/** Models break lines in table cells this way, and a line break is all that it can be. */
export function isLineBreak(html: string): boolean {
  return /^<br\s*\/?>$/i.test(html.trim());
}

/** A line that begins with one of these is a line of text and no block of HTML. */
export function beginsInline(source: string): boolean {
  return /^ {0,3}<\/?(?:br|kbd|sub|sup)(?=[\s/>])/i.test(source);
}

/** Where, in `tokens`, each start has its end: the index of the one by the index of the other. */
export function pairedTags(tokens: readonly Token[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: { name: string; index: number }[] = [];
  for (const [index, { type, raw }] of tokens.entries()) {
    const found = type === 'html' ? inlineTag(raw) : undefined;
    if (!found) continue;
    if (!found.isEnd) {
      if (open.length < deepest) open.push({ name: found.name, index });
      continue;
    }
    const partner = open.findLastIndex(({ name }) => name === found.name);
    const start = open[partner];
    if (!start) continue;
    pairs.set(start.index, index);
    // What was opened within and not closed is text.
    open.length = partner;
  }
  return pairs;
}

/** Elements within each other; what lies deeper is text. */
const deepest = 6;
