import type { Emitter } from 'highlight.js';
import type { CodeRole } from '../../../shared/codeColours.ts';

/** Neighbouring characters that look the same; no role for those in the colour of plain text. */
export interface Run {
  text: string;
  role: CodeRole | undefined;
}

/** Gathers what the highlighter tells as a flat list. The one that it brings would build a tree and write HTML from it. */
export class RunCollector implements Emitter {
  readonly runs: Run[] = [];
  readonly #roles: (CodeRole | undefined)[] = [];

  startScope(scope: string): void {
    const around = this.#roles.at(-1);
    const role = roleOf(scope) ?? around;
    // A parameter with its type looks to the highlighter like a key with its value.
    this.#roles.push(role === 'property' && around === 'variable' ? 'variable' : role);
  }

  endScope(): void {
    this.#roles.pop();
  }

  addText(text: string): void {
    const inner = this.#roles.at(-1);
    const role = inner === 'keyword' ? (roleOfWord.get(text) ?? inner) : inner;
    const last = this.runs.at(-1);
    if (last && (last.role === role || text.trim() === '')) last.text += text;
    else if (text !== '') this.runs.push({ text, role });
  }

  /** Called by the highlighter for a language inside of another: a script in a page, a query in code. */
  __addSublanguage(inner: Emitter, language: string): void {
    if (inner instanceof RunCollector) this.runs.push(...withKeys(inner.runs, language));
  }

  // The rest of what the highlighter calls.
  openNode(scope: string): void {
    this.startScope(scope);
  }
  closeNode(): void {
    this.endScope();
  }
  finalize(): void {
    this.#roles.length = 0;
  }
  toHTML(): string {
    return '';
  }
}

/** What the highlighter calls an attribute, by the language's name in lower case. */
const roleOfKey = new Map<string, CodeRole>([
  ['javascript', 'key'],
  ['typescript', 'key'],
  ['json', 'field'],
  ['yaml', 'tag'],
]);

/** `runs` with keys in the role that they have in this language. */
export function withKeys(runs: Run[], language: string): Run[] {
  const key = roleOfKey.get(language.toLowerCase());
  return key === undefined ? runs : runs.map(run => (run.role === 'property' ? { ...run, role: key } : run));
}

/** The role of a scope of the highlighter's; of `title.class.inherited` the longest part that the table has. */
function roleOf(scope: string): CodeRole | undefined {
  for (let name = scope; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const role = roles[name];
    if (role !== undefined) return role;
  }
  return undefined;
}

const roles: Partial<Record<string, CodeRole>> = {
  comment: 'comment',
  quote: 'comment',
  keyword: 'keyword',
  string: 'string',
  'char.escape': 'regexp',
  regexp: 'regexp',
  link: 'string',
  code: 'string',
  number: 'number',
  literal: 'constant',
  symbol: 'constant',
  'variable.constant': 'constant',
  'variable.language': 'keyword',
  built_in: 'type',
  type: 'type',
  class: 'type',
  'title.class': 'type',
  title: 'function',
  'title.function': 'function',
  variable: 'variable',
  'template-variable': 'variable',
  params: 'variable',
  attr: 'property',
  attribute: 'property',
  property: 'property',
  'selector-attr': 'property',
  name: 'tag',
  'selector-tag': 'tag',
  'selector-id': 'tag',
  'selector-class': 'tag',
  'selector-pseudo': 'tag',
  meta: 'meta',
  'template-tag': 'meta',
  section: 'heading',
  bullet: 'heading',
  strong: 'heading',
  addition: 'inserted',
  deletion: 'deleted',
};

/** Editors tell the words that decide what runs from those that declare; the highlighter has one scope for both. */
const controlWords =
  'if else elif elsif unless then fi for foreach while until do done loop switch case match when default break ' +
  'continue return yield await goto try catch except finally ensure rescue raise throw throws defer import from ' +
  'export package require include use with end pass in of as';

const roleOfWord = new Map<string, CodeRole>([
  ...controlWords.split(' ').map(word => [word, 'control'] as const),
  ...['true', 'false', 'null'].map(word => [word, 'constant'] as const),
]);
