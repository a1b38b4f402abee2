import type { Tokens } from 'marked';
import type { DomElement } from './dom.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A block of code: a row with its language and what can be done with it, and the code. The buttons carry `data-code`
 * instead of listeners, because blocks are patched and compared while they grow (see clicks.ts). Tab stops at the code
 * alone; from there arrows lead to the buttons (see blockKeys.ts).
 */
export function renderCodeBlock(info: string, code: string, around: Surroundings): DomElement {
  const { document, labels } = around;
  const language = languageOf(info);

  const block = document.createElement('div');
  block.className = 'code-block';
  // Behind the language models name the file that the code is for.
  if (info.trim() !== '') block.setAttribute('data-info', info.trim());
  block.setAttribute('dir', 'ltr');

  const header = document.createElement('div');
  header.className = 'code-header';
  const name = language === '' ? labels.code : `${labels.code}: ${language}`;
  header.setAttribute('role', 'toolbar');
  header.setAttribute('aria-label', name);
  header.append(renderToggle(language, around));
  for (const { action, icon } of actionsFor(language)) {
    const button = renderButton(icon, labels[action], around);
    button.setAttribute('data-code', action);
    header.append(button);
  }

  const scroller = document.createElement('pre');
  scroller.setAttribute('tabindex', '0');
  scroller.setAttribute('role', 'group');
  scroller.setAttribute('aria-label', name);
  scroller.setAttribute('aria-description', labels.codeKeys);
  const text = document.createElement('code');
  if (language !== '') text.setAttribute('data-language', language);
  if (code !== '') text.append(code);
  scroller.append(text);

  block.append(header, scroller);
  return block;
}

/** What can be done with a block of code; each is a button. */
export type CodeAction = 'source' | 'wrap' | 'terminal' | 'newFile' | 'insert' | 'apply' | 'copy';

/** The one language of diagrams, by its name or the ending of its files. */
const diagrams = /^(?:mermaid|mmd)$/i;

const shells = /^(sh|bash|zsh|fish|shell|shellscript|console|powershell|pwsh|ps1|bat|cmd)$/i;

function actionsFor(language: string): { action: CodeAction; icon: string }[] {
  return [
    ...(diagrams.test(language) ? [{ action: 'source', icon: 'code' } as const] : []),
    { action: 'wrap', icon: 'word-wrap' },
    ...(shells.test(language) ? [{ action: 'terminal', icon: 'terminal' } as const] : []),
    { action: 'newFile', icon: 'new-file' },
    { action: 'insert', icon: 'insert' },
    { action: 'apply', icon: 'git-pull-request-go-to-changes' },
    { action: 'copy', icon: 'copy' },
  ];
}

/** Shows the language, and hides and shows the code. */
function renderToggle(language: string, { document, labels }: Surroundings): DomElement {
  const toggle = document.createElement('button');
  toggle.className = 'code-toggle';
  toggle.setAttribute('type', 'button');
  toggle.setAttribute('data-code', 'collapse');
  toggle.setAttribute('tabindex', '-1');
  toggle.setAttribute('title', labels.collapse);
  toggle.setAttribute('aria-label', language === '' ? labels.collapse : `${labels.collapse}: ${language}`);
  toggle.setAttribute('aria-expanded', 'true');
  const name = document.createElement('span');
  name.className = 'code-language';
  name.append(language);
  toggle.append(name);
  return toggle;
}

/** A button that the keyboard reaches by arrows alone. */
export function renderButton(icon: string, label: string, { document }: Surroundings): DomElement {
  const button = document.createElement('button');
  button.className = `icon-button codicon codicon-${icon}`;
  button.setAttribute('type', 'button');
  button.setAttribute('tabindex', '-1');
  button.setAttribute('title', label);
  button.setAttribute('aria-label', label);
  return button;
}

/** The element that holds the code itself. */
export function codeElement(block: DomElement): DomElement | undefined {
  return block.children[1]?.children[0];
}

/** Has the code in a block coloured, or drawn, that no longer changes; also where it stands in a list or a quote. */
export function paintCodeIn(block: DomElement, around: Surroundings): void {
  if (block.className === 'code-block') {
    const code = codeElement(block);
    const language = code?.getAttribute('data-language') ?? '';
    if (code && diagrams.test(language)) around.showDiagram(code);
    else if (code) around.paint(code, language);
  } else if (holdsBlocks.test(block.nodeName) || block.className === 'folded') {
    for (const child of Array.from(block.children)) paintCodeIn(child, around);
  }
}

const holdsBlocks = /^(?:UL|OL|LI|BLOCKQUOTE|DETAILS)$/;

/** A block's code without the newline that ends its last line. */
export function codeText(token: Tokens.Code): string {
  return token.text.replace(/\n$/, '');
}

/** The first word after the fence; models put file names and options behind it. */
function languageOf(info: string): string {
  return /^[^\s{,]+/.exec(info.trim())?.[0] ?? '';
}
