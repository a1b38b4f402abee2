import { findPaths, findPathsInCode, parsePath, type PathMention } from '../../shared/pathMentions.ts';
import { parseSymbol } from '../../shared/symbolNames.ts';
import type { DomElement } from './dom.ts';
import { findFootnotes, type FootnoteMark } from './footnotes.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Appends text with a span around every path that it may name. A span is no link: it becomes one by attributes alone
 * once the host has found the file (see ../pathLinks.ts), so that the document's structure, and a selection in it, stay.
 */
export function appendText(parent: DomElement, text: string, around: Surroundings): void {
  const isInLink = around.isInLink === true;
  let at = 0;
  const appendUntil = (end: number): void => {
    const part = text.slice(at, end);
    if (part !== '') appendWithPaths(parent, part, isInLink ? [] : findPaths(part), around);
  };
  for (const mark of isInLink ? [] : findFootnotes(text, parent.lastChild === null)) {
    appendUntil(mark.start);
    parent.append(footnoteSpan(text.slice(mark.start, mark.end), mark, around));
    at = mark.end;
  }
  appendUntil(text.length);
}

/** No link either: it becomes one where the other end is there (see ../footnoteLinks.ts). */
function footnoteSpan(text: string, { label, isDefinition }: FootnoteMark, around: Surroundings): DomElement {
  const span = around.document.createElement('span');
  span.className = isDefinition ? 'footnote-start' : 'footnote';
  span.setAttribute('data-footnote', label);
  span.append(text);
  return span;
}

/** The same for inline code, which may also name a symbol. */
export function appendCode(parent: DomElement, code: string, around: Surroundings): void {
  const paths = around.isInLink === true ? [] : findPathsInCode(code);
  if (paths.length > 0 || around.isInLink === true || !parseSymbol(code)) {
    appendWithPaths(parent, code, paths, around);
    return;
  }
  const span = around.document.createElement('span');
  span.className = 'symbol';
  span.setAttribute('data-symbol', code);
  span.append(code);
  parent.append(span);
}

/** Makes an element whose link leads to a file, as in `[orders](src/orders.ts#L3)`, the span of that path. */
export function markLinkTarget(element: DomElement, href: string): void {
  const mention = parsePath(decoded(href));
  if (mention) mark(element, mention);
}

function appendWithPaths(parent: DomElement, text: string, mentions: PathMention[], around: Surroundings): void {
  let at = 0;
  for (const mention of mentions) {
    if (mention.start > at) parent.append(text.slice(at, mention.start));
    const span = around.document.createElement('span');
    mark(span, mention);
    span.append(text.slice(mention.start, mention.end));
    parent.append(span);
    at = mention.end;
  }
  if (at < text.length) parent.append(text.slice(at));
}

function mark(element: DomElement, { path, place }: Omit<PathMention, 'start' | 'end'>): void {
  element.className = 'path';
  element.setAttribute('data-path', path);
  if (place === undefined) return;
  element.setAttribute('data-line', String(place.line));
  if (place.column !== undefined) element.setAttribute('data-column', String(place.column));
  if (place.endLine !== undefined) element.setAttribute('data-end-line', String(place.endLine));
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
