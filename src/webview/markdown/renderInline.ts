import type { Token, Tokens } from 'marked';
import { decodeCharacterReferences } from './characterReferences.ts';
import type { DomElement, DomNode } from './dom.ts';
import { inlineTag, isLineBreak, pairedTags } from './html/inlineTags.ts';
import { known, type Block } from './lex.ts';
import { imageAddress, safeAddress } from './links.ts';
import { appendCode, appendText, markLinkTarget } from './pathSpans.ts';
import { renderFormula } from './math/mathElement.ts';
import type { Surroundings } from './surroundings.ts';

/** Appends the nodes of a run of text. Every value from the answer goes in as text, never as markup. */
export function appendInline(parent: DomElement, tokens: Token[] | undefined, around: Surroundings): void {
  let text = '';
  const flush = (): void => {
    if (text !== '') appendText(parent, text, around);
    text = '';
  };
  const all = known(tokens);
  const pairs = pairedTags(all);
  // Neighbouring pieces of text become one node, so that patching finds the same nodes again.
  for (let at = 0; at < all.length; at++) {
    const token = all[at];
    if (!token) continue;
    const end = pairs.get(at);
    // A bracket that the text escapes begins no mark of a footnote.
    if (token.type === 'escape' && token.text === '[') flush();
    const plain = end === undefined ? plainText(token) : undefined;
    if (plain !== undefined) {
      text += plain;
      if (token.type === 'escape' && token.text === '[') flush();
      continue;
    }
    flush();
    if (end === undefined) parent.appendChild(renderInline(token, around));
    else {
      parent.appendChild(renderTagged(token.raw, all.slice(at + 1, end), around));
      at = end;
    }
  }
  flush();
}

function renderTagged(html: string, tokens: Token[], around: Surroundings): DomNode {
  const name = inlineTag(html)?.name ?? 'span';
  return withInline(around.document.createElement(name), tokens, around);
}

/** What a token says where it is nothing but text. */
function plainText(token: Block): string | undefined {
  if (token.type === 'text') return token.tokens ? undefined : decodeCharacterReferences(token.text);
  if (token.type === 'escape') return token.text;
  if (token.type === 'html') return isLineBreak(token.raw) ? undefined : token.raw;
  return undefined;
}

function renderInline(token: Block, around: Surroundings): DomNode {
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return withInline(around.document.createElement(token.type), token.tokens, around);
    case 'codespan':
      return renderCode(token.text, around);
    case 'math':
      return renderFormula(token, false, around);
    case 'br':
    case 'html':
      return around.document.createElement('br');
    case 'link':
      return renderLink(token, around);
    case 'image':
      return renderImage(token, around);
    case 'checkbox':
      return renderCheckbox(token, around);
    case 'text':
      return withInline(around.document.createElement('span'), token.tokens, around);
    case 'escape':
    case 'space':
    case 'def':
    case 'hr':
    case 'heading':
    case 'code':
    case 'blockquote':
    case 'list':
    case 'list_item':
    case 'table':
    case 'details':
    case 'paragraph':
      return around.document.createTextNode(token.raw);
  }
}

function renderLink(token: Tokens.Link, around: Surroundings): DomNode {
  const address = safeAddress(token.href);
  const element = around.document.createElement(address === undefined ? 'span' : 'a');
  if (address !== undefined) element.setAttribute('href', address);
  // Where it leads is told in full: a label can name another place than the address.
  element.setAttribute('title', address ?? token.href);
  if (address === undefined && around.isInLink !== true) markLinkTarget(element, token.href);
  if (token.autolink) return withText(element, token.text);
  return withInline(element, token.tokens, { ...around, isInLink: true });
}

/** Left to right whatever stands around it, and without a say in the direction of that. */
function renderCode(code: string, around: Surroundings): DomNode {
  const element = around.document.createElement('code');
  element.setAttribute('dir', 'ltr');
  appendCode(element, code, around);
  return element;
}

/** Images are named, never loaded: an image's address can carry the conversation to whoever owns the server. */
function renderImage(token: Tokens.Image, around: Surroundings): DomNode {
  const address = imageAddress(token.href);
  const label = decodeCharacterReferences(token.text) || address || around.labels.image;
  const element = around.document.createElement(address === undefined ? 'span' : 'a');
  element.className = 'image-link';
  if (address !== undefined) {
    element.setAttribute('href', address);
    element.setAttribute('title', address);
  }
  const icon = around.document.createElement('span');
  icon.className = 'codicon codicon-file-media';
  icon.setAttribute('aria-hidden', 'true');
  element.append(icon, label);
  return element;
}

function renderCheckbox(token: Tokens.Checkbox, around: Surroundings): DomNode {
  const box = around.document.createElement('input');
  box.setAttribute('type', 'checkbox');
  box.setAttribute('disabled', '');
  if (token.checked) box.setAttribute('checked', '');
  box.setAttribute('aria-label', token.checked ? around.labels.done : around.labels.open);
  return box;
}

function withInline(element: DomElement, tokens: Token[] | undefined, around: Surroundings): DomElement {
  appendInline(element, tokens, around);
  return element;
}

function withText(element: DomElement, text: string): DomElement {
  element.append(text);
  return element;
}
