import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachmentBlock, withTokens } from '../../../src/core/context/attachmentBlocks.ts';
import { decodeText, isBinary } from '../../../src/core/context/fileText.ts';
import { folderText } from '../../../src/core/context/folderText.ts';
import { withAttachment } from '../../../src/core/context/mergeAttachments.ts';
import { newFilePatch, pathsOfPatch } from '../../../src/core/context/patches.ts';
import { mostProblems, problemsText, type ReportedProblem } from '../../../src/core/context/problemsText.ts';
import { holdsPrivateKey, looksSensitive } from '../../../src/core/context/sensitive.ts';
import { shortened, withoutData } from '../../../src/core/conversation/shownAttachments.ts';
import type { Attachment, CodeAttachment, TextAttachment } from '../../../src/shared/attachment.ts';

const code: CodeAttachment = {
  id: 'c',
  kind: 'code',
  subject: 'selection',
  name: 'a.ts:3–4',
  excerpt: { path: 'src/a.ts', uri: 'file:///a.ts', languageId: 'typescript', startLine: 3, endLine: 4, code: 'x\ny' },
};
const patch: TextAttachment = {
  id: 't',
  kind: 'text',
  subject: 'changes',
  name: 'Staged changes',
  heading: 'Staged changes in shop:',
  languageId: 'diff',
  text: '+```js\n',
};

test('a text goes out under its heading, in a fence that it cannot close', () => {
  assert.deepEqual(attachmentBlock(patch), {
    type: 'text',
    text: 'Staged changes in shop:\n````diff\n+```js\n````',
  });
  assert.deepEqual(attachmentBlock({ ...patch, languageId: '', heading: 'Folder: src', text: 'a.ts' }), {
    type: 'text',
    text: 'Folder: src\na.ts',
  });
});

test('tokens are estimated for what goes out', () => {
  const few = withTokens(code, 'claude-sonnet-4-5').tokens ?? 0;
  const long = { ...code, excerpt: { ...code.excerpt, code: 'const total = sum(items);\n'.repeat(200) } };
  const many = withTokens(long, 'claude-sonnet-4-5').tokens ?? 0;
  assert.ok(few > 10 && few < 40, String(few));
  assert.ok(many > 1_000 && many < 3_000, String(many));
});

test('the same place takes the place of the older one; another stands beside it', () => {
  const again = { ...code, id: 'd', excerpt: { ...code.excerpt, code: 'new' } };
  assert.deepEqual(withAttachment([code, patch], again), [again, patch]);
  const lower = { ...again, excerpt: { ...code.excerpt, startLine: 9, endLine: 9 } };
  assert.deepEqual(withAttachment([code], lower), [code, lower]);
  const newer = { ...patch, id: 'u', text: '+b' };
  assert.deepEqual(withAttachment([patch], newer), [newer]);
  const terminal = (id: string, text: string): Attachment => ({ ...patch, id, subject: 'terminal', text });
  assert.equal(withAttachment([terminal('1', 'a')], terminal('2', 'b')).length, 2);
  assert.equal(withAttachment([terminal('1', 'a')], terminal('2', 'a')).length, 1);
});

test('a chip needs no text, and a turn shows the beginning of a long one', () => {
  assert.equal((withoutData(code) as CodeAttachment).excerpt.code, '');
  assert.equal((withoutData(patch) as TextAttachment).text, '');
  assert.equal(shortened(code), code);
  const long = shortened({ ...patch, text: 'line\n'.repeat(1_000) }) as TextAttachment;
  assert.equal(long.isCut, true);
  assert.equal(long.text.split('\n').length, 400);
  const wide = shortened({ ...code, excerpt: { ...code.excerpt, code: 'x'.repeat(100_000) } }) as CodeAttachment;
  assert.equal(wide.excerpt.code.length, 20_000);
});

test('a folder is listed with what is left out, and its files follow', () => {
  const text = folderText(
    [
      { path: 'src/a.md', content: { type: 'text', text: '```sh\nls\n```\n' } },
      { path: 'src/logo.png', content: { type: 'left', why: 'binary' } },
    ],
    3,
  );
  const listed = 'src/a.md\nsrc/logo.png (binary, not included)\nand 3 more';
  assert.equal(text, `${listed}\n\nFile: src/a.md\n\`\`\`\`md\n\`\`\`sh\nls\n\`\`\`\n\`\`\`\``);
});

test('problems are listed the gravest first, and not without end', () => {
  const problem: ReportedProblem = {
    path: 'b.ts',
    line: 2,
    column: 5,
    severity: 'warning',
    message: 'Unused.\n  Really.',
    source: 'ts 6133',
  };
  const error: ReportedProblem = { ...problem, path: 'c.ts', severity: 'error', source: '' };
  assert.equal(
    problemsText([problem, { ...problem, path: 'a.ts' }, error]),
    '- c.ts:2:5 error: Unused. Really.\n' +
      '- a.ts:2:5 warning: Unused. Really. (ts 6133)\n- b.ts:2:5 warning: Unused. Really. (ts 6133)',
  );
  assert.equal(problemsText(Array.from({ length: 500 }, () => error)).split('\n').length, mostProblems);
});

test('a patch tells its files, and a new file becomes one', () => {
  const added = newFilePatch('src/new one.ts', 'a\nb\n');
  assert.match(added, /^--- \/dev\/null\n\+\+\+ b\/src\/new one\.ts\n@@ -0,0 \+1,2 @@\n\+a\n\+b$/m);
  assert.deepEqual(pathsOfPatch(`${added}\ndiff --git a/.env b/prod.env\n--- a/.env`), [
    'src/new one.ts',
    '.env',
    'prod.env',
  ]);
});

test('text is told from bytes', () => {
  assert.equal(isBinary(Buffer.from([0x89, 0x50, 0, 1])), true);
  assert.equal(decodeText(Buffer.from('zwölf\r\n注文')), 'zwölf\n注文');
  assert.equal(decodeText(Buffer.from([0xff, 0xfe, 0x61, 0])), 'a');
  assert.equal(decodeText(Buffer.from([1, 0, 2])), undefined);
});

for (const path of [
  '.env',
  'app/.env.local',
  'prod.env',
  'cert.PEM',
  'a/id_rsa',
  'server.key',
  '.npmrc',
  '.ssh/config',
]) {
  test(`${path} may hold secrets`, () => assert.equal(looksSensitive(path), true));
}
for (const path of ['.env.example', 'environment.ts', 'keys.ts', 'id_rsa.pub', 'secretary.md', 'src/credentials.ts']) {
  test(`${path} is a file like others`, () => assert.equal(looksSensitive(path), false));
}

test('a private key is noticed in any file', () => {
  assert.equal(holdsPrivateKey('x\n-----BEGIN RSA PRIVATE KEY-----\nMII'), true);
  assert.equal(holdsPrivateKey('-----BEGIN PUBLIC KEY-----'), false);
});
