import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSideRanges } from '../../../src/core/review/diffHunks.ts';
import { type LineRange, locateQuote, type QuotePlace } from '../../../src/core/review/locate.ts';
import { placeFinding } from '../../../src/core/review/place.ts';
import { parseReport } from '../../../src/core/review/report.ts';
import type { Excerpt } from '../../../src/shared/attachment.ts';

const file = [
  'function f(a, b) {',
  '  if (a == b) {',
  '    return 1;',
  '  }',
  '  try { g(); } catch {}',
  '    return 1;',
  '}',
];

test('a quote stands where its whole lines stand, whatever their indentation', () => {
  assert.deepEqual(placeOf('if (a == b) {\n  return 1;\n}'), { start: 1, end: 3 });
  assert.deepEqual(placeOf('\n\t  if (a == b) {  \r\n'), { start: 1, end: 1 });
});

test('a part of one line is placed with its columns', () => {
  assert.deepEqual(placeOf('a == b'), { start: 1, end: 1, columns: { start: 6, end: 12 } });
});

test('what stands there twice is ambiguous, unless one of them was reviewed', () => {
  assert.deepEqual(locateQuote(file, 'return 1;'), { found: false, reason: 'ambiguous' });
  assert.deepEqual(placeOf('return 1;', [{ start: 4, end: 6 }]), { start: 5, end: 5 });
});

const changed = ['f() {', '  if (x) {', '    run(x);', '  }', '}'];

test('a quote with the marks of a diff, with numbers of lines or in a fence stands where its code stands', () => {
  for (const [quote, start, end] of [
    ['+  if (x) {', 1, 1],
    [' f() {\n+  if (x) {', 0, 1],
    ['f() {\n+  if (x) {\n+    run(x);', 0, 2],
    ['@@ -1,2 +1,5 @@\n f() {\n+  if (x) {', 0, 1],
    ['-  if (y) {\n+  if (x) {\n     run(x);', 1, 2],
    [' f() {\n-  old();\n   if (x) {', 0, 1],
    ['2:   if (x) {', 1, 1],
    ['2 |   if (x) {\n3 |     run(x);', 1, 2],
    ['     2\t  if (x) {\n     3\t    run(x);', 1, 2],
    ['  2→  if (x) {', 1, 1],
    ['L2:   if (x) {\nL3:     run(x);', 1, 2],
    ['2: +  if (x) {\n3: +    run(x);', 1, 2],
    ['```ts\n  if (x) {\n    run(x);\n```', 1, 2],
    ['```diff\n+  if (x) {\n```', 1, 1],
  ] as const) {
    assert.deepEqual(placeOf(quote, undefined, changed), { start, end }, quote);
  }
});

test('blanks inside of lines do not count where the quote is found no other way', () => {
  assert.deepEqual(placeOf('if(x) {', undefined, changed), { start: 1, end: 1 });
  assert.deepEqual(placeOf('if ( x ){\nrun( x );', undefined, changed), { start: 1, end: 2 });
  assert.deepEqual(placeOf('+ if(x){', undefined, changed), { start: 1, end: 1 });
  assert.deepEqual(placeOf('a==b', undefined, file), { start: 1, end: 1, columns: { start: 6, end: 12 } });
  assert.deepEqual(locateQuote(['f( a );', 'f(a );'], 'f(a);'), { found: false, reason: 'ambiguous' });
  assert.deepEqual(locateQuote(['let ab = 1;'], 'let a b = 1;'), { found: false, reason: 'notFound' });
});

test('less strictness finds no second place for what stands there word for word', () => {
  assert.deepEqual(placeOf('+ b', undefined, ['a', '+ b', 'b', '+b']), { start: 1, end: 1 });
  assert.deepEqual(placeOf('- item one', undefined, ['item one', '- item one']), { start: 1, end: 1 });
  assert.deepEqual(placeOf('run( x );', undefined, ['run(x);', 'run( x );']), { start: 1, end: 1 });
});

test('what does not stand there is never placed nearby', () => {
  for (const quote of [
    'if (a === b) {',
    'return 2;',
    '',
    '  \n ',
    'if (a == b) {\n  return 1;\n  }\n  other();',
    '- if (a == b) {',
    '```\n```',
    '2:',
    '1: if (a == b) {\n3: return 1;',
  ]) {
    assert.deepEqual(locateQuote(file, quote), { found: false, reason: 'notFound' }, quote);
  }
});

test('a finding is placed in the file it names, by its quote', async () => {
  const excerpts = [excerpt('src/a.ts'), excerpt('lib/b.ts')];
  const linesOf = (uri: string) => Promise.resolve(uri.endsWith('a.ts') ? file : ['other']);
  const base = { severity: 'error', title: 't', explanation: '', quote: 'if (a == b) {' } as const;
  const placed = await placeFinding('1', { ...base, path: 'src/a.ts' }, excerpts, linesOf);
  assert.deepEqual(placed.placement, { placed: true, line: 2, endLine: 2 });
  assert.equal((await placeFinding('2', { ...base, path: 'a.ts' }, excerpts, linesOf)).uri, 'file:///src/a.ts');
  assert.deepEqual((await placeFinding('3', { ...base, path: 'lib/b.ts' }, excerpts, linesOf)).placement, {
    placed: false,
    reason: 'notFound',
  });
  for (const path of ['', '../../etc/passwd', 'src/other.ts']) {
    const { placement } = await placeFinding('4', { ...base, quote: 'not there at all', path }, excerpts, linesOf);
    assert.deepEqual(placement, { placed: false, reason: 'noFile' }, path);
  }
});

test('a path is the file’s however a model adorns it', async () => {
  const excerpts = [excerpt('src/a.ts'), excerpt('lib/b.ts')];
  const linesOf = () => Promise.resolve(['same line in both files']);
  const adorned = [
    'src/a.ts:2',
    'src/a.ts:2-5',
    'src/a.ts:2:7',
    'src/a.ts#L2-L5',
    '`src/a.ts`',
    '"src/a.ts"',
    '**src/a.ts**',
    'src\\a.ts',
    '.\\src\\a.ts',
    'src/a.ts (lines 1-5, diff)',
    'File: src/a.ts (lines 1-5, diff)',
    '`src/a.ts` (line 3)',
    'b/src/a.ts',
    './src/a.ts',
    'SRC/A.ts',
    '/home/me/shop/src/a.ts',
    'file:///home/me/shop/src/a.ts',
  ];
  const finding = { severity: 'error', title: 't', explanation: '', quote: 'same line in both files' } as const;
  for (const path of adorned) {
    assert.equal((await placeFinding('1', { ...finding, path }, excerpts, linesOf)).uri, 'file:///src/a.ts', path);
  }
});

test('a notebook’s path is the cell’s, where one of its cells was sent', async () => {
  const finding = { severity: 'error', title: 't', explanation: '', quote: 'x = 1' } as const;
  const placedAt = async (path: string, ...sent: string[]): Promise<string> =>
    (await placeFinding('1', { ...finding, path }, sent.map(excerpt), () => Promise.resolve(['x = 1']))).uri;
  assert.equal(await placedAt('a.ipynb', 'src/a.ipynb#cell2', 'b.ts'), 'file:///src/a.ipynb#cell2');
  assert.equal(
    await placedAt('src/a.ipynb#cell3', 'src/a.ipynb#cell2', 'src/a.ipynb#cell3'),
    'file:///src/a.ipynb#cell3',
  );
  assert.equal(await placedAt('a.ipynb', 'src/a.ipynb#cell2', 'src/a.ipynb#cell3'), '');
});

test('a quote that stands in one other file that was sent is placed there, if it is long enough to tell', async () => {
  const texts: Record<string, string[]> = {
    'file:///src/a.ts': ['first();'],
    'file:///src/b.ts': ['const total = sum(prices);', 'x = 1;', 'unsent = true;'],
    'file:///src/c.ts': ['const total = sum(prices, tax);'],
  };
  const excerpts = Object.keys(texts).map(uri => ({ ...excerpt(uri.slice('file:///'.length)), endLine: 2 }));
  const place = (quote: string, path: string) =>
    placeFinding('1', { severity: 'error', title: 't', explanation: '', quote, path }, excerpts, uri =>
      Promise.resolve(texts[uri]),
    );
  for (const path of ['src/a.ts', 'src/unknown.ts', '']) {
    const { uri, path: shown, placement } = await place('const total = sum(prices);', path);
    assert.deepEqual([uri, shown], ['file:///src/b.ts', 'src/b.ts'], path);
    assert.deepEqual(placement, { placed: true, line: 1, endLine: 1 });
  }
  assert.deepEqual((await place('x = 1;', 'src/a.ts')).placement, { placed: false, reason: 'notFound' });
  assert.deepEqual((await place('unsent = true;', 'src/a.ts')).placement, { placed: false, reason: 'notFound' });
  assert.deepEqual((await place('const total = sum(', 'src/a.ts')).placement, { placed: false, reason: 'ambiguous' });
});

test("a diff's lines are those of its new side", () => {
  const diff = '@@ -1,2 +1,3 @@ f\n a\n+b\n c\n@@ -10 +11,0 @@\n-x\n@@ -20,1 +20 @@\n-y\n+z';
  assert.deepEqual(newSideRanges(diff), [
    { start: 0, end: 2 },
    { start: 19, end: 19 },
  ]);
});

test('a report is checked entry by entry', () => {
  const good = { path: 'a', severity: 'warning', title: ' T ', explanation: 'E', quote: 'q', replacement: 'r' };
  assert.deepEqual(parseReport({ findings: [good, { title: 'no quote' }, 'text', null] }), {
    findings: [{ ...good, title: 'T', severity: 'warning' }],
    unusable: 3,
  });
  assert.deepEqual(parseReport({ findings: JSON.stringify([good]) })?.findings.length, 1);
  assert.equal(parseReport({ findings: [JSON.stringify(good)] })?.findings.length, 1);
  assert.equal(parseReport({ findings: 'none' }), undefined);
  assert.equal(parseReport({}), undefined);
});

test('one finding is a list of one', () => {
  const one = { path: 'a', severity: 'error', title: 'T', explanation: 'e', quote: 'q' };
  for (const input of [{ findings: one }, { findings: JSON.stringify(one) }, one]) {
    assert.deepEqual(parseReport(input), { findings: [one], unusable: 0 });
  }
});

test('severities are read by the usual words, in any case; an unknown one is a warning', () => {
  const severity = (given: unknown) =>
    parseReport({ findings: [{ title: 't', quote: 'q', severity: given }] })?.findings[0]?.severity;
  for (const given of [
    'error',
    'ERROR',
    ' Error ',
    'critical',
    'high',
    'High severity',
    '🔴 High',
    'Blocker',
    '严重',
    'エラー',
  ]) {
    assert.equal(severity(given), 'error', given);
  }
  for (const given of ['warning', 'WARN', 'medium', 'Moderate', 'major', '警告'])
    assert.equal(severity(given), 'warning');
  for (const given of ['info', 'Note', 'low', 'minor', 'nit', 'Suggestion', '提示', '情報'])
    assert.equal(severity(given), 'info');
  for (const given of ['apocalyptic', '', undefined, 3, null]) assert.equal(severity(given), 'warning', String(given));
});

test('a replacement that changes nothing is no suggestion', () => {
  const report = parseReport({ findings: [{ title: 't', quote: 'same', replacement: 'same' }] });
  assert.equal(report?.findings[0]?.replacement, undefined);
});

function placeOf(quote: string, preferred?: LineRange[], lines = file): QuotePlace | undefined {
  const location = locateQuote(lines, quote, preferred);
  return location.found ? location.range : undefined;
}

function excerpt(path: string): Excerpt {
  return { path, uri: `file:///${path}`, languageId: 'typescript', startLine: 1, endLine: 7, code: '' };
}
