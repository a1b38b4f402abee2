import assert from 'node:assert/strict';
import { test } from 'node:test';
import { irregular } from '../../../harness/endpoint/random.ts';
import { locateQuote } from '../../../src/core/review/locate.ts';
import { suggestionFor, withSuggestion } from '../../../src/core/review/suggestion.ts';

/*
 * Files, and changes to them, as a model may write them down: the suggestion gives the wanted file, or says that it is
 * not sure, and never anything else.
 */

const count = 3_000;

for (const ends of ['braces', 'colons', 'words'] as const) {
  test(`mangled quotes and replacements of code with ${ends} give the wanted file or are not sure`, () => {
    const random = new Random(ends);
    let sure = 0;
    for (let index = 0; index < count; index++) {
      const { file, wanted, quote, replacement, how } = mangledChange(random, ends);
      const why = (result: string): string =>
        JSON.stringify({ how, file, quote, replacement, wanted, result }, null, 1);
      const lines = file.split(/\r?\n/);
      const location = locateQuote(lines, quote);
      assert.ok(location.found, why('not found'));
      const suggestion = suggestionFor(lines, location.range, { quote, quoted: location.quoted, replacement });
      assert.ok(suggestion, why('no suggestion'));
      if (!suggestion.isSure) continue;
      sure++;
      const result = withSuggestion(file, suggestion);
      assert.equal(result, wanted, why(result));
    }
    // A suggestion that is never sure would pass as well. Of an `end` nobody can tell whether it is repeated.
    assert.ok(sure > (ends === 'words' ? 0.7 : 0.8) * count, `${sure} of ${count} are sure`);
  });
}

test('so do those of a part of a line, with more or less of the line', () => {
  const random = new Random('parts');
  let sure = 0;
  for (let index = 0; index < count; index++) {
    const [before, after] = random.of([
      ['const result = ', ';'],
      ['return ', ''],
      ['if (', ') {'],
      ['    run(first, ', ');'],
      ['\tvalues.push({ key: ', ' });'],
      ['total += [', '].length;'],
    ] as const);
    const [old, now] = [expression(random), expression(random)];
    const lines = [`${random.name()}();`, before + old + after, `${random.name()}();`];
    const head = before.slice(random.below(before.length + 1));
    const tail = after.slice(0, random.below(after.length + 1));
    const replacement = dressed(random, [random.chance(0.4) ? now : (head + now + tail).trim()], []);
    const location = locateQuote(lines, old);
    assert.ok(location.found);
    const suggestion = suggestionFor(lines, location.range, { quote: old, quoted: location.quoted, replacement });
    if (suggestion?.isSure !== true) continue;
    sure++;
    const wanted = [lines[0], before + now + after, lines[2]].join('\n');
    assert.equal(withSuggestion(lines.join('\n'), suggestion), wanted, JSON.stringify({ lines, old, replacement }));
  }
  assert.ok(sure > 0.7 * count, `${sure} of ${count} are sure`);
});

function expression(random: Random): string {
  const name = random.name();
  return random.of([name, `${name}(${random.name()})`, `${name} === ${random.name()}`, `!${name}[${random.name()}]`]);
}

interface Line {
  level: number;
  text: string;
}

interface Style {
  unit: string;
}

const styles: Style[] = [{ unit: '  ' }, { unit: '    ' }, { unit: '\t' }, { unit: '   ' }];

interface Change {
  file: string;
  wanted: string;
  quote: string;
  replacement: string;
  how: string[];
}

function mangledChange(random: Random, ends: Ends): Change {
  // How a file is indented shows in it.
  const shown = around(ends, 0, random.name(), statement(random, ends, 1, 0));
  const lines = [...shown, ...block(random, ends, 0, 3)];
  const style = random.of(styles);
  const lineEnd = random.chance(0.2) ? '\r\n' : '\n';
  const written = (some: readonly Line[]): string => [...render(some, style), ''].join(lineEnd);
  const [start, end] = region(random, lines);
  const old = lines.slice(start, end + 1);
  const level = old[0]?.level ?? 0;
  const now = random.chance(0.1) ? [] : changed(random, ends, old, level);
  const how: string[] = [];
  const above = now.length > 0 && random.chance(0.15) ? lines.slice(Math.max(0, start - 2), start) : [];
  const below = now.length > 0 && random.chance(0.15) ? lines.slice(end + 1, end + 3) : [];
  if (above.length + below.length > 0) how.push(`repeats ${above.length} above and ${below.length} below`);
  const isNumbered = random.chance(0.1);
  const isDiff = !isNumbered && now.length > 0 && random.chance(0.1);
  const asQuoted = mangled(random, old, style, how);
  const asReplaced = mangled(random, [...above, ...now, ...below], style, how);
  if (isNumbered) how.push('numbered');
  if (isDiff) how.push('a diff');
  const number = (some: readonly string[]): string[] => some.map((line, index) => `${index + start + 1}: ${line}`);
  const quoted = isNumbered ? number(asQuoted) : isDiff ? asQuoted.map(line => `+${line}`) : asQuoted;
  const replaced =
    isNumbered && now.length > 0 ? number(asReplaced) : isDiff ? asReplaced.map(line => `+${line}`) : asReplaced;
  return {
    file: written(lines),
    wanted: written([...lines.slice(0, start), ...now, ...lines.slice(end + 1)]),
    quote: dressed(random, quoted, how),
    replacement: dressed(random, replaced, how),
    how,
  };
}

/** What models do to the indentation of what they write down. */
function mangled(random: Random, lines: readonly Line[], style: Style, how: string[]): string[] {
  const least = Math.min(...lines.map(({ level }) => level));
  const kind = random.of([
    'as it is',
    'as it is',
    'dedented',
    'less deep',
    'other style',
    'dedented, other style',
  ] as const);
  how.push(kind);
  const by = kind.startsWith('dedented') ? least : kind === 'less deep' ? Math.min(1, least) : 0;
  const written = render(
    lines.map(({ level, text }) => ({ level: level - by, text })),
    kind.endsWith('other style') ? random.of(styles) : style,
  );
  if (!random.chance(0.25)) return written;
  how.push('the first line trimmed');
  return written.map((line, index) => (index === 0 ? line.trimStart() : line));
}

/** What they put around it. */
function dressed(random: Random, lines: readonly string[], how: string[]): string {
  const text = lines.join(random.chance(0.2) ? '\r\n' : '\n');
  const kind = random.of(['bare', 'bare', 'bare', 'with an end', 'with blank lines', 'fenced'] as const);
  how.push(kind);
  if (kind === 'with an end') return `${text}\n`;
  if (kind === 'with blank lines') return `\n${text}\n\n`;
  return kind === 'fenced' ? `\`\`\`ts\n${text}\n\`\`\`` : text;
}

type Ends = 'braces' | 'colons' | 'words';

/** Code that ends where it begins: single statements, and blocks in blocks. */
function block(random: Random, ends: Ends, level: number, depth: number): Line[] {
  return Array.from({ length: 1 + random.below(4) }, () => statement(random, ends, level, depth)).flat();
}

function statement(random: Random, ends: Ends, level: number, depth: number): Line[] {
  const name = random.name();
  if (depth === 0 || random.chance(0.4)) return [{ level, text: ends === 'braces' ? `${name}();` : `${name}()` }];
  return around(ends, level, name, block(random, ends, level + 1, depth - 1));
}

function around(ends: Ends, level: number, name: string, inner: Line[]): Line[] {
  if (ends === 'braces') return [{ level, text: `if (${name}) {` }, ...inner, { level, text: '}' }];
  if (ends === 'colons') return [{ level, text: `if ${name}:` }, ...inner];
  return [{ level, text: `if ${name} then` }, ...inner, { level, text: 'end' }];
}

/** Whole statements beside each other. */
function region(random: Random, lines: readonly Line[]): [number, number] {
  const starts = lines.flatMap(({ text }, index) => (isEnd(text) ? [] : [index]));
  const start = random.of(starts);
  const level = lines[start]?.level ?? 0;
  const end = endOfStatement(lines, start);
  const next = lines[end + 1];
  const isBeside = next?.level === level && !isEnd(next.text);
  return [start, isBeside && random.chance(0.3) ? endOfStatement(lines, end + 1) : end];
}

function endOfStatement(lines: readonly Line[], start: number): number {
  const level = lines[start]?.level ?? 0;
  let end = start;
  while ((lines[end + 1]?.level ?? -1) > level) end++;
  const next = lines[end + 1];
  return next && end > start && next.level === level && isEnd(next.text) ? end + 1 : end;
}

function isEnd(text: string): boolean {
  return text === '}' || text === 'end';
}

function changed(random: Random, ends: Ends, old: readonly Line[], level: number): Line[] {
  const deeper = old.map(line => ({ ...line, level: line.level + 1 }));
  const renamed = old.map(line => ({ ...line, text: line.text.replace(/\w{6}/, random.name()) }));
  const added = statement(random, ends, level, 1);
  return random.of([renamed, around(ends, level, random.name(), deeper), [...old, ...added], added]);
}

function render(lines: readonly Line[], { unit }: Style): string[] {
  return lines.map(({ level, text }) => unit.repeat(level) + text);
}

class Random {
  readonly #next: () => number;
  #names = 0;

  constructor(seed: string) {
    this.#next = irregular(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Six letters that nothing else is called. */
  name(): string {
    return `n${(++this.#names).toString(36).padStart(5, 'x')}`;
  }
}
