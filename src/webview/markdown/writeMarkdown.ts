import { type DomElement, type DomNode, isElement, isText } from './dom.ts';

/** What Markdown was drawn as, as Markdown again: what is selected has no source of its own. */
export function writeMarkdown(root: DomNode): string {
  return blocksOf(root).join('\n\n');
}

const containers = /^(?:#document-fragment|ARTICLE|BODY|DETAILS|DIV|SECTION|SUMMARY|FIGURE|FIGCAPTION)$/i;
const marks: Record<string, string> = { STRONG: '**', EM: '*', DEL: '~~' };
/** What models write as HTML, and no Markdown says. */
const asHtml = new Set(['KBD', 'SUB', 'SUP']);

function blocksOf(parent: DomNode): string[] {
  const blocks: string[] = [];
  let line = '';
  const endLine = (): void => {
    if (line.trim() !== '') blocks.push(withoutMarker(line.trim()));
    line = '';
  };
  for (const node of Array.from(parent.childNodes)) {
    const found = isElement(node) && !isUnread(node) ? blockOf(node) : undefined;
    if (!found) {
      line += inlineOf(node);
      continue;
    }
    endLine();
    blocks.push(...found.filter(block => block !== ''));
  }
  endLine();
  return blocks;
}

/** Undefined for what stands in a line. */
function blockOf(element: DomElement): string[] | undefined {
  const name = element.nodeName.toUpperCase();
  if (element.getAttribute('data-math') !== null) return name === 'SPAN' ? undefined : [inlineOf(element)];
  const heading = /^H([1-6])$/.exec(name);
  if (heading) {
    const depth = Number(/(?:^|\s)heading-(\d)/.exec(element.className)?.[1] ?? heading[1]);
    return [`${'#'.repeat(depth)} ${inlinesOf(element).trim()}`];
  }
  if (containers.test(name)) return blocksOf(element);
  switch (name) {
    case 'P':
      return [withoutMarker(inlinesOf(element).trim())];
    case 'HR':
      return ['---'];
    case 'PRE':
      return [codeOf(element)];
    case 'BLOCKQUOTE':
      return [indented(blocksOf(element).join('\n\n'), '> ', '> ').replace(/^> $/gm, '>')];
    case 'UL':
    case 'OL':
      return [listOf(element, name === 'OL' ? Number(element.getAttribute('start') ?? 1) : undefined)];
    case 'TABLE':
      return [tableOf(element)];
    default:
      return undefined;
  }
}

function codeOf(element: DomElement): string {
  const text = (element.textContent ?? '').replace(/\n$/, '');
  const language = Array.from(element.children)[0]?.getAttribute('data-language') ?? '';
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function listOf(list: DomElement, start: number | undefined): string {
  const items = Array.from(list.children).filter(child => child.nodeName.toUpperCase() === 'LI');
  const isLoose = items.some(item => Array.from(item.children).some(child => child.nodeName.toUpperCase() === 'P'));
  return items
    .map((item, at) => {
      const marker = start === undefined ? '- ' : `${start + at}. `;
      return indented(blocksOf(item).join(isLoose ? '\n\n' : '\n'), marker, ' '.repeat(marker.length));
    })
    .join(isLoose ? '\n\n' : '\n');
}

function tableOf(table: DomElement): string {
  const rows = elementsIn(table, 'TR').map(row =>
    Array.from(row.children).map(cell => ({
      text: inlinesOf(cell).trim().replaceAll('|', '\\|'),
      align: /(?:^|\s)align-(\w+)/.exec(cell.className)?.[1],
    })),
  );
  const [head = [], ...body] = rows;
  const rules = { left: ':--', center: ':-:', right: '--:' } as const;
  const rule = head.map(({ align }) => Object.entries(rules).find(([name]) => name === align)?.[1] ?? '---');
  const lines = [head.map(({ text }) => text), rule, ...body.map(row => row.map(({ text }) => text))];
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function elementsIn(parent: DomElement, name: string): DomElement[] {
  return Array.from(parent.children).flatMap(child =>
    child.nodeName.toUpperCase() === name ? [child] : elementsIn(child, name),
  );
}

function inlinesOf(parent: DomNode): string {
  return Array.from(parent.childNodes).map(inlineOf).join('');
}

function inlineOf(node: DomNode): string {
  if (isText(node)) return escaped(node.data.replace(/\s+/g, ' '));
  if (!isElement(node)) return '';
  const name = node.nodeName.toUpperCase();
  if (name === 'INPUT') return node.getAttribute('checked') === null ? '[ ] ' : '[x] ';
  const formula = node.getAttribute('data-math');
  if (formula !== null) return formula;
  if (isUnread(node)) return '';
  if (name === 'BR') return '\\\n';
  if (name === 'CODE') return quoted(node.textContent ?? '');
  const text = inlinesOf(node);
  const mark = marks[name];
  if (mark !== undefined) return text.trim() === '' ? text : text.replace(/^(\s*)(.*?)(\s*)$/s, `$1${mark}$2${mark}$3`);
  if (asHtml.has(name)) return `<${name.toLowerCase()}>${text}</${name.toLowerCase()}>`;
  const address = name === 'A' ? node.getAttribute('href') : null;
  if (address === null || !/^[a-z]+:/i.test(address)) return text;
  return node.textContent === address ? address : `[${text}](${address})`;
}

/** Code in a line, however many backticks it holds. */
function quoted(code: string): string {
  const runs = new Set(Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length));
  let count = 1;
  while (runs.has(count)) count++;
  const ticks = '`'.repeat(count);
  return /^`|`$/.test(code) ? `${ticks} ${code} ${ticks}` : `${ticks}${code}${ticks}`;
}

/** Text that would be read as more than that. */
function escaped(text: string): string {
  return text.replace(/[\\`*[\]<~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}

/** What would begin a list, a heading or a quote. */
function withoutMarker(line: string): string {
  return line.replace(/^(\d+)([.)]\s)|^([#>+-])(?=[\s#>]|$)/, (_, number?: string, after?: string, sign?: string) =>
    sign === undefined ? `${number}\\${after}` : `\\${sign}`,
  );
}

function indented(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, at) => (at === 0 ? first : line === '' && others.trim() === '' ? '' : others) + line)
    .join('\n');
}

/** What is for the reader's hand and not for the eye. */
function isUnread(element: DomElement): boolean {
  if (/^(?:BUTTON|TEXTAREA|STYLE|SVG)$/i.test(element.nodeName) || element.getAttribute('aria-hidden') === 'true')
    return true;
  return /(?:^|\s)(?:code-header|table-tools|turn-toolbar|visually-hidden|diagram)(?:\s|$)/.test(element.className);
}
