import type { Tokens } from 'marked';
import type { DomElement } from './dom.ts';
import type { Surroundings } from './renderBlock.ts';

/**
 * A block of code: a row with its language and the Copy button, and the code. The button carries `data-copy` instead
 * of a listener, because blocks are patched and compared while they grow (see clicks.ts).
 */
export function renderCodeBlock(info: string, code: string, around: Surroundings): DomElement {
  const { document, labels } = around;
  const language = languageOf(info);

  const block = document.createElement('div');
  block.className = 'code-block';

  const header = document.createElement('div');
  header.className = 'code-header';
  const name = document.createElement('span');
  name.className = 'code-language';
  name.append(language);
  const copy = document.createElement('button');
  copy.className = 'icon-button codicon codicon-copy';
  copy.setAttribute('type', 'button');
  copy.setAttribute('data-copy', '');
  copy.setAttribute('title', labels.copy);
  copy.setAttribute('aria-label', labels.copy);
  header.append(name, copy);

  const scroller = document.createElement('pre');
  scroller.setAttribute('tabindex', '0');
  scroller.setAttribute('role', 'group');
  scroller.setAttribute('aria-label', language === '' ? labels.code : `${labels.code}: ${language}`);
  scroller.setAttribute('dir', 'ltr');
  const text = document.createElement('code');
  if (language !== '') text.setAttribute('data-language', language);
  if (code !== '') text.append(code);
  scroller.append(text);

  block.append(header, scroller);
  return block;
}

/** The element that holds the code itself. */
export function codeElement(block: DomElement): DomElement | undefined {
  return block.children[1]?.children[0];
}

/** A block's code without the newline that ends its last line. */
export function codeText(token: Tokens.Code): string {
  return token.text.replace(/\n$/, '');
}

/** The first word after the fence; models put file names and options behind it. */
function languageOf(info: string): string {
  return /^[^\s{,]+/.exec(info.trim())?.[0] ?? '';
}
