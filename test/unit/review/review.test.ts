import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSideRanges } from '../../../src/core/review/diffHunks.ts';
import { locateQuote } from '../../../src/core/review/locate.ts';
import { placeFinding } from '../../../src/core/review/place.ts';
import { parseReport } from '../../../src/core/review/reportTool.ts';
import type { Excerpt } from '../../../src/shared/conversation.ts';

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
  assert.deepEqual(locateQuote(file, 'if (a == b) {\n  return 1;\n}'), { found: true, range: { start: 1, end: 3 } });
  assert.deepEqual(locateQuote(file, '\n\t  if (a == b) {  \r\n'), { found: true, range: { start: 1, end: 1 } });
});

test('a part of one line is placed with its columns', () => {
  assert.deepEqual(locateQuote(file, 'a == b'), {
    found: true,
    range: { start: 1, end: 1, columns: { start: 6, end: 12 } },
  });
});

test('what stands there twice is ambiguous, unless one of them was reviewed', () => {
  assert.deepEqual(locateQuote(file, 'return 1;'), { found: false, reason: 'ambiguous' });
  assert.deepEqual(locateQuote(file, 'return 1;', [{ start: 4, end: 6 }]), {
    found: true,
    range: { start: 5, end: 5 },
  });
});

test('what does not stand there is never placed nearby', () => {
  for (const quote of ['if (a === b) {', 'return 2;', '', '  \n ', 'if (a == b) {\n  return 1;\n  }\n  other();']) {
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
    assert.deepEqual(
      (await placeFinding('4', { ...base, path }, excerpts, linesOf)).placement,
      { placed: false, reason: 'noFile' },
      path,
    );
  }
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
  assert.equal(parseReport({ findings: [{ ...good, severity: 'apocalyptic' }] })?.findings[0]?.severity, 'info');
  assert.equal(parseReport({ findings: 'none' }), undefined);
  assert.equal(parseReport({}), undefined);
});

test('a replacement that changes nothing is no suggestion', () => {
  const report = parseReport({ findings: [{ title: 't', quote: 'same', replacement: 'same' }] });
  assert.equal(report?.findings[0]?.replacement, undefined);
});

function excerpt(path: string): Excerpt {
  return { path, uri: `file:///${path}`, languageId: 'typescript', startLine: 1, endLine: 7, code: '' };
}
