import type { Token, Tokens } from 'marked';
import { codeText, paintCodeIn, renderButton, renderCodeBlock } from './codeBlock.ts';
import type { DomElement } from './dom.ts';
import { known, lex, type Block } from './lex.ts';
import { directionOf } from './direction.ts';
import type { DetailsToken } from './html/detailsSyntax.ts';
import { safeAddress } from './links.ts';
import { renderFormula } from './math/mathElement.ts';
import { Mentions } from './mentions.ts';
import { appendInline } from './renderInline.ts';
import type { Surroundings } from './surroundings.ts';

/** Renders the whole of `source` into `container`. */
export function renderMarkdown(container: DomElement, source: string, around: Surroundings): void {
  container.replaceChildren();
  const mentions = Mentions.in(source);
  for (const block of lex(source)) {
    if (block.type === 'def' && mentions.has(block.tag)) continue;
    const element = renderBlock(block, around);
    if (!element) continue;
    container.append(element);
    paintCodeIn(element, around);
  }
}

/** The one element of a block; undefined for what shows nothing. `loose` list items hold paragraphs. */
export function renderBlock(block: Block, around: Surroundings): DomElement | undefined {
  switch (block.type) {
    case 'space':
      return undefined;
    // One that no link uses is something else that somebody has written.
    case 'def':
      return renderDefinition(block, around);
    case 'hr':
      return around.document.createElement('hr');
    case 'heading':
      return renderHeading(block, around);
    case 'code':
      return renderCodeBlock(block.lang ?? '', codeText(block), around);
    case 'blockquote': {
      const quote = around.document.createElement('blockquote');
      quote.setAttribute('dir', directionOf(block.text));
      appendBlocks(quote, block.tokens, around);
      return quote;
    }
    case 'math':
      return renderFormula(block, true, around);
    case 'details':
      return renderDetails(block, around);
    case 'list':
      return renderList(block, around);
    case 'table':
      return renderTable(block, around);
    case 'html':
      return renderHtmlAsText(block.raw, around);
    case 'paragraph':
      return renderText('p', block.tokens, around);
    case 'text':
      return renderText('p', block.tokens ?? [block], around);
    case 'strong':
    case 'em':
    case 'del':
    case 'codespan':
    case 'br':
    case 'link':
    case 'image':
    case 'checkbox':
    case 'escape':
    case 'list_item':
      return renderText('p', [block], around);
  }
}

function appendBlocks(parent: DomElement, tokens: Token[], around: Surroundings): void {
  for (const token of known(tokens)) {
    const element = renderBlock(token, around);
    if (element) parent.append(element);
  }
}

/** The reader folds and unfolds it; what the source says is only how it begins. */
export function renderDetails(details: DetailsToken, around: Surroundings): DomElement {
  const element = around.document.createElement('details');
  element.setAttribute('dir', directionOf(details.summaryText));
  if (details.isOpen) element.setAttribute('open', '');
  const summary = around.document.createElement('summary');
  if (details.summary) appendInline(summary, details.summary, around);
  else summary.append(around.labels.details);
  element.append(summary, renderFolded(details.tokens, around));
  return element;
}

/** What is folded, with the code in it still to be coloured. */
function renderFolded(tokens: Token[], around: Surroundings): DomElement {
  const body = around.document.createElement('div');
  body.className = 'folded';
  appendBlocks(body, tokens, around);
  return body;
}

/** Begins at h3: h1 is the view's and h2 the turn's. Models begin with `##` as often as with `#`. */
function renderHeading(heading: Tokens.Heading, around: Surroundings): DomElement {
  const level = Math.min(Math.max(heading.depth, 2) + 1, 6);
  const element = renderText(`h${level}`, heading.tokens, around);
  element.className = `heading-${heading.depth}`;
  return element;
}

function renderText(name: string, tokens: Token[], around: Surroundings): DomElement {
  const element = around.document.createElement(name);
  element.setAttribute('dir', 'auto');
  appendInline(element, tokens, around);
  return element;
}

function renderList(list: Tokens.List, around: Surroundings): DomElement {
  const element = around.document.createElement(list.ordered ? 'ol' : 'ul');
  if (list.ordered && list.start !== '' && list.start !== 1) element.setAttribute('start', String(list.start));
  for (const item of list.items) element.append(renderListItem(item, around));
  return element;
}

export function renderListItem(item: Tokens.ListItem, around: Surroundings): DomElement {
  const element = around.document.createElement('li');
  element.setAttribute('dir', 'auto');
  if (item.task) element.className = 'task';
  for (const token of known(item.tokens)) {
    // The text of a tight item stands in the item itself, without a paragraph's margins.
    if (token.type === 'text') appendInline(element, token.tokens ?? [token], around);
    else if (token.type === 'checkbox') appendInline(element, [token], around);
    else appendBlocks(element, [token], around);
  }
  return element;
}

/** As it was written, with its address as a link where it is one. */
function renderDefinition({ raw, href }: Tokens.Def, around: Surroundings): DomElement {
  const source = raw.trim();
  const at = safeAddress(href) === undefined ? -1 : source.indexOf(href);
  const end = at + href.length;
  const parts =
    at === -1 ? [textToken(source)] : [textToken(source.slice(0, at)), linkToken(href), textToken(source.slice(end))];
  return renderText('p', parts, around);
}

function textToken(text: string): Tokens.Text {
  return { type: 'text', raw: text, text };
}

function linkToken(href: string): Tokens.Link {
  return { type: 'link', raw: href, href, text: href, tokens: [textToken(href)], autolink: true };
}

/**
 * In a wrapper that scrolls sideways, so that a wide table does not widen the view. What can be done with it carries
 * `data-table` instead of listeners, as in blocks of code.
 */
function renderTable(table: Tokens.Table, around: Surroundings): DomElement {
  const { document } = around;
  const wrapper = document.createElement('div');
  wrapper.className = 'table-wrapper';
  // The order of the columns; each cell decides for itself how it reads.
  wrapper.setAttribute('dir', directionOf(table.header.map(cell => cell.text).join(' ')));
  wrapper.setAttribute('tabindex', '0');
  wrapper.setAttribute('role', 'group');
  wrapper.setAttribute('aria-label', around.labels.table);
  wrapper.setAttribute('aria-description', around.labels.codeKeys);
  const tools = document.createElement('div');
  tools.className = 'table-tools';
  tools.setAttribute('role', 'toolbar');
  tools.setAttribute('aria-label', around.labels.table);
  for (const [action, icon] of tableActions) {
    const button = renderButton(icon, around.labels[action], around);
    button.setAttribute('data-table', action);
    tools.append(button);
  }
  const element = document.createElement('table');
  const head = document.createElement('thead');
  head.append(renderRow(table.header, around));
  const body = document.createElement('tbody');
  for (const row of table.rows) body.append(renderRow(row, around));
  element.append(head, body);
  wrapper.append(tools, element);
  return wrapper;
}

const tableActions = [
  ['copyMarkdown', 'copy'],
  ['copyCsv', 'table'],
] as const;

export function renderRow(cells: Tokens.TableCell[], around: Surroundings): DomElement {
  const row = around.document.createElement('tr');
  for (const cell of cells) {
    // The corner above a column of names is no head of anything.
    const isHead = cell.header && cell.text !== '';
    const element = renderText(isHead ? 'th' : 'td', cell.tokens, around);
    if (isHead) element.setAttribute('scope', 'col');
    if (cell.header) {
      element.setAttribute('title', around.labels.sort);
      element.setAttribute('tabindex', '-1');
    }
    if (cell.align) element.className = `align-${cell.align}`;
    row.append(element);
  }
  return row;
}

function renderHtmlAsText(html: string, around: Surroundings): DomElement {
  const element = around.document.createElement('p');
  element.setAttribute('dir', 'auto');
  element.className = 'raw-html';
  element.append(html.trimEnd());
  return element;
}
