import { csvField } from '../../../shared/csvField.ts';
import { type DomElement, type DomNode, isElement, isText } from '../dom.ts';

/** A table as it is shown: its head first, cell by cell, in the order that the reader has given it. */
export function cellsOf(table: DomElement): DomElement[][] {
  return Array.from(table.children).flatMap(part => Array.from(part.children, row => Array.from(row.children)));
}

/** As CSV after RFC 4180, with what a reader sees of each cell. */
export function tableAsCsv(table: DomElement): string {
  return cellsOf(table)
    .map(row => `${row.map(cell => csvField(plainText(cell))).join(',')}\r\n`)
    .join('');
}

/** As a Markdown table, with the marks that its cells were written with. */
export function tableAsMarkdown(table: DomElement): string {
  const [head = [], ...rows] = cellsOf(table);
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |\n`;
  return [
    line(head.map(cellAsMarkdown)),
    line(head.map(cell => alignments[cell.className] ?? '---')),
    ...rows.map(row => line(row.map(cellAsMarkdown))),
  ].join('');
}

const alignments: Partial<Record<string, string>> = {
  'align-left': ':--',
  'align-center': ':-:',
  'align-right': '--:',
};

/** What a reader sees: formulas as they were written, a new line for each that is broken. */
export function plainText(node: DomNode): string {
  if (isText(node)) return node.data;
  if (!isElement(node)) return '';
  if (node.nodeName.toUpperCase() === 'BR') return '\n';
  return node.getAttribute('data-math') ?? Array.from(node.childNodes, plainText).join('');
}

const marks: Partial<Record<string, string>> = { STRONG: '**', EM: '*', DEL: '~~' };
const tags = new Set(['KBD', 'SUB', 'SUP']);

function cellAsMarkdown(cell: DomElement): string {
  return Array.from(cell.childNodes, asMarkdown).join('').trim();
}

function asMarkdown(node: DomNode): string {
  if (isText(node)) return escaped(node.data);
  if (!isElement(node)) return '';
  const name = node.nodeName.toUpperCase();
  const formula = node.getAttribute('data-math');
  if (formula !== null) return formula.replaceAll('|', '\\|');
  if (name === 'BR') return '<br>';
  if (name === 'CODE') return codeSpan(node.textContent ?? '');
  const inside = Array.from(node.childNodes, asMarkdown).join('');
  const mark = marks[name];
  if (mark !== undefined) return `${mark}${inside}${mark}`;
  if (tags.has(name)) return `<${name.toLowerCase()}>${inside}</${name.toLowerCase()}>`;
  const address = name === 'A' ? node.getAttribute('href') : null;
  if (address === null || address === plainText(node)) return inside;
  return `[${inside}](${address.replaceAll('|', '%7C')})`;
}

/** Characters that would be marks, and no others: prices and names_with_bars stay as they are read. */
function escaped(text: string): string {
  const marks = /[\\`*[\]|]|(?<!\w)_|_(?!\w)|<(?=[a-z/!?])|~(?=~)|(?<=~)~|\$(?=[^$]*\$)|(?<=\$[^$]*)\$/gi;
  return text.replace(marks, '\\$&').replaceAll('\n', ' ');
}

function codeSpan(code: string): string {
  const longest = Math.max(0, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${code.replaceAll('|', '\\|')}${pad}${fence}`;
}
