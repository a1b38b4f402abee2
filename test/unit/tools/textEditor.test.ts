import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesFor, unknownModel } from '../../../src/core/models/modelRules.ts';
import { textEditor } from '../../../src/core/tools/textEditor.ts';
import { amongOthers, type PreparedCall } from '../../../src/core/tools/tool.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';
import { dot } from '../../support/dot.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const tool = amongOthers(textEditor);
const { signal } = new AbortController();

async function prepare(workspace: MemoryWorkspace, input: Record<string, unknown>): Promise<PreparedCall> {
  const read = tool.read(input);
  assert.ok(read.ok, read.ok ? '' : read.problem);
  return read.call.prepare({ workspace, conversationId: 'c' });
}

async function run(workspace: MemoryWorkspace, input: Record<string, unknown>): Promise<string> {
  const came = await (await prepare(workspace, input)).run(signal, () => undefined);
  assert.ok(typeof came === 'string');
  return came;
}

const saying = (message: string) => (error: unknown) => {
  assert.ok(error instanceof ToolError);
  assert.equal(error.message, message);
  return true;
};

test('a model gets the version that it takes, an unknown one a tool with a schema', () => {
  assert.deepEqual(textEditor.definition(rulesFor('claude-sonnet-4-5')), {
    type: 'text_editor_20250728',
    name: 'str_replace_based_edit_tool',
  });
  const own = textEditor.definition(unknownModel);
  assert.ok('input_schema' in own);
  const earlier = { ...rulesFor('claude-sonnet-4-5') };
  const versions = (textEditor: string) => ({ ...earlier, toolVersions: { ...earlier.toolVersions, textEditor } });
  assert.deepEqual(textEditor.definition(versions('text_editor_20250124')), {
    type: 'text_editor_20250124',
    name: 'str_replace_editor',
  });
  assert.deepEqual(textEditor.definition(versions('text_editor_20241022')), {
    type: 'text_editor_20241022',
    name: 'str_replace_editor',
  });
  assert.ok('input_schema' in textEditor.definition(versions('text_editor_20990101')));
});

test('a file is shown with its line numbers, a part of it by its range', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': 'one\ntwo\nthree\n' });
  assert.equal(await run(workspace, { command: 'view', path: 'a.ts' }), '     1\tone\n     2\ttwo\n     3\tthree');
  assert.equal(
    await run(workspace, { command: 'view', path: 'a.ts', view_range: [2, -1] }),
    '     2\ttwo\n     3\tthree',
  );
  assert.equal(await run(workspace, { command: 'view', path: 'a.ts', view_range: [2, 2] }), '     2\ttwo');
  await assert.rejects(
    run(workspace, { command: 'view', path: 'a.ts', view_range: [4, 9] }),
    saying('Error: Invalid `view_range`: [4, 9]. The file has 3 lines.'),
  );
  await assert.rejects(run(workspace, { command: 'view', path: 'b.ts' }), saying('Error: File not found'));
});

test('a very long file is cut, and says how to see the rest', async () => {
  const text = Array.from({ length: 30_000 }, (_, at) => `line ${at}`).join('\n');
  const shown = await run(new MemoryWorkspace({ 'a.txt': text }), { command: 'view', path: 'a.txt' });
  assert.ok(shown.length < 101_000);
  assert.match(shown, /\(Cut here: the file has 30000 lines\. View the others with view_range\.\)$/);
  const line = 'x'.repeat(200_000);
  const one = await run(new MemoryWorkspace({ 'a.txt': line }), { command: 'view', path: 'a.txt' });
  assert.ok(one.length > 90_000 && one.length < 101_000);
});

test('a folder is listed down to its second level, without what is hidden', async () => {
  const workspace = new MemoryWorkspace({ '.env': '', 'a.ts': '', 'src/b.ts': '', 'src/deep/c.ts': '', 'src/.d': '' });
  assert.equal(await run(workspace, { command: 'view', path: '.' }), 'a.ts\nsrc/\nsrc/b.ts\nsrc/deep/');
  assert.equal(await run(workspace, { command: 'view', path: 'src' }), 'b.ts\ndeep/\ndeep/c.ts');
});

test('one place is replaced, and only where it is the only one', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': 'const a = 1;\nconst b = 1;\n' });
  const call = { command: 'str_replace', path: 'a.ts' };
  const none = 'Error: No match found for replacement. Please check your text and try again.';
  await assert.rejects(run(workspace, { ...call, old_str: 'zz' }), saying(none));
  await assert.rejects(
    run(workspace, { ...call, old_str: '= 1', new_str: '= 2' }),
    saying('Error: Found 2 matches for replacement text. Please provide more context to make a unique match.'),
  );
  await assert.rejects(
    run(workspace, { ...call, old_str: '', new_str: 'x' }),
    saying('Error: `old_str` must not be empty.'),
  );
  const told = await run(workspace, { ...call, old_str: 'a = 1;\r\n', new_str: 'a = $&;\r\n' });
  assert.equal(workspace.files.get('a.ts'), 'const a = $&;\nconst b = 1;\n');
  assert.match(told, /has been edited[^]+ {5}1\tconst a = \$&;/);
  await run(workspace, { ...call, old_str: 'const b = 1;\n' });
  assert.equal(workspace.files.get('a.ts'), 'const a = $&;\n', 'without new_str it is deleted');
});

const insertions: [text: string, line: number, added: string, expected: string][] = [
  ['a\nb\n', 0, 'x', 'x\na\nb\n'],
  ['a\nb\n', 1, 'x\n', 'a\nx\nb\n'],
  ['a\nb\n', 2, 'x', 'a\nb\nx\n'],
  ['a\nb', 2, 'x\n', 'a\nb\nx'],
  ['a\nb', 1, 'x\r\ny', 'a\nx\ny\nb'],
  ['', 0, 'x', 'x\n'],
];
for (const [text, line, added, expected] of insertions) {
  test(`inserted after line ${line} of ${JSON.stringify(text)}: ${JSON.stringify(expected)}`, async () => {
    const workspace = new MemoryWorkspace({ 'a.ts': text });
    await run(workspace, { command: 'insert', path: 'a.ts', insert_line: line, insert_text: added });
    assert.equal(workspace.files.get('a.ts'), expected);
  });
}

test('an insertion of an older version is understood, one beyond the end is refused', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': 'a\n' });
  await run(workspace, { command: 'insert', path: 'a.ts', insert_line: '1', new_str: 'b' });
  assert.equal(workspace.files.get('a.ts'), 'a\nb\n');
  await assert.rejects(
    run(workspace, { command: 'insert', path: 'a.ts', insert_line: 3, insert_text: 'b' }),
    saying('Error: Invalid `insert_line`: 3. It has to be from 0 to 2.'),
  );
});

test('a file is created, or gets another text, and its change is shown before', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': 'one\ntwo\nthree\nfour\nfive\n' });
  const created = await prepare(workspace, { command: 'create', path: 'b.ts', file_text: 'new\r\n' });
  assert.deepEqual(created.diff, {
    path: 'b.ts',
    isNew: true,
    hunks: [{ startLine: 1, lines: [{ kind: 'added', text: 'new' }] }],
    unshown: 0,
  });
  assert.equal(workspace.files.has('b.ts'), false, 'nothing is written before it runs');
  assert.equal(await created.run(signal, () => undefined), 'File created successfully: b.ts');
  assert.equal(workspace.files.get('b.ts'), 'new\n');
  const changed = await prepare(workspace, { command: 'str_replace', path: 'a.ts', old_str: 'five', new_str: 'V' });
  const [hunk, ...others] = changed.diff?.hunks ?? [];
  assert.deepEqual([hunk?.startLine, others.length], [2, 0]);
  assert.deepEqual(
    hunk?.lines.map(({ kind, text }) => `${kind} ${text}`),
    ['same two', 'same three', 'same four', 'removed five', 'added V'],
  );
  await assert.rejects(
    prepare(workspace, { command: 'create', path: 'b.ts', file_text: 'new\n' }),
    saying('Error: The file already says this.'),
  );
});

const numbered = (from: number, to: number, changed: Record<number, string> = {}): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `${changed[from + at] ?? `line ${from + at}`}\n`).join('');

test('hunks that the user leaves are not written, and the model is told which, and what the file says', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': numbered(1, 30) });
  const after = numbered(1, 30, { 2: 'two', 15: 'fifteen', 28: 'twenty-eight' });
  const whole = await prepare(workspace, { command: 'create', path: 'a.ts', file_text: after });
  assert.deepEqual(
    whole.diff?.hunks.map(({ startLine, lines }) => [startLine, lines.length]),
    [
      [1, 6],
      [12, 8],
      [25, 7],
    ],
  );
  const part = whole.leaving?.(new Set([1]));
  assert.deepEqual(
    part?.diff?.hunks.map(({ fate }) => fate),
    [undefined, 'left', undefined],
  );
  const told = await part.run(signal, () => undefined);
  assert.equal(workspace.files.get('a.ts'), numbered(1, 30, { 2: 'two', 28: 'twenty-eight' }));
  assert.ok(typeof told === 'string');
  assert.match(
    told,
    /^The file a\.ts has been edited in part: the user has taken 2 of 3 changes\. This one was left out,/,
  );
  assert.match(told, /and not made:\n@@ line 15 @@\n-line 15\n\+fifteen\nAround the changes the file now says:\n/);
  assert.match(told, / 2\ttwo\n[^]* 15\tline 15\n[^]* 28\ttwenty-eight\n {4}29\tline 29\n {4}30\tline 30$/);
});

test('no line around a hunk stands in two of them, and what is not shown goes with the last', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': numbered(1, 2000) });
  const near = numbered(1, 2000, { 2: 'two', 6: 'six' });
  const call = await prepare(workspace, { command: 'create', path: 'a.ts', file_text: near });
  const lines = call.diff?.hunks.flatMap(hunk => hunk.lines.map(({ text }) => text)) ?? [];
  assert.equal(new Set(lines).size, lines.length);
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [at * 10 + 1, 'changed']));
  const far = await prepare(workspace, { command: 'create', path: 'a.ts', file_text: numbered(1, 2000, many) });
  const { hunks = [], unshown = 0 } = far.diff ?? {};
  assert.ok(hunks.length > 10 && hunks.every(hunk => hunk.lines.length > 0));
  assert.ok(hunks.flatMap(hunk => hunk.lines).length <= 400 && unshown > 1000);
  await far.leaving?.(new Set([hunks.length - 1])).run(signal, () => undefined);
  const taken = workspace.files.get('a.ts')?.match(/changed/g)?.length;
  assert.equal(taken, hunks.length - 1);
});

test('what was shown is what is done: a file that changes meanwhile is left alone', async () => {
  const workspace = new MemoryWorkspace({ 'a.ts': 'one\n' });
  const call = await prepare(workspace, { command: 'create', path: 'a.ts', file_text: 'two\n' });
  workspace.files.set('a.ts', 'mine\n');
  await assert.rejects(
    call.run(signal, () => undefined),
    saying('Error: The file has changed.'),
  );
  assert.equal(workspace.files.get('a.ts'), 'mine\n');
});

test('a text with a private key calls for caution, whatever its file is called', async () => {
  const workspace = new MemoryWorkspace({ 'a.txt': '-----BEGIN PRIVATE KEY-----\n' }, { 'b.txt': ['ignored'] });
  workspace.files.set('b.txt', '');
  assert.deepEqual((await prepare(workspace, { command: 'view', path: 'a.txt' })).cautions, ['secret']);
  assert.deepEqual((await prepare(workspace, { command: 'view', path: 'b.txt' })).cautions, ['ignored']);
});

test('a file that programs are started from may be seen, and calls for caution where it is changed', async () => {
  const workspace = new MemoryWorkspace({ '.vscode/settings.json': '{}\n' });
  const path = '.vscode/settings.json';
  assert.deepEqual((await prepare(workspace, { command: 'view', path })).cautions, []);
  assert.deepEqual((await prepare(workspace, { command: 'create', path, file_text: '{"a":1}\n' })).cautions, ['runs']);
  const hook = { command: 'create', path: '.husky/pre-push', file_text: 'curl x\n' };
  assert.deepEqual((await prepare(workspace, hook)).cautions, ['runs']);
});

const broken: [input: Record<string, unknown>, problem: string][] = [
  [{}, '`command` is missing. `path` is missing. `command` has to be view, create, str_replace, insert or undo_edit.'],
  [{ command: 'undo', path: 'a' }, '`command` has to be view, create, str_replace, insert or undo_edit.'],
  [{ command: 'view', path: 7 }, '`path` has to be a string.'],
  [{ command: 'view', path: 'a', view_range: [1] }, '`view_range` has to be a list of two whole numbers.'],
  [{ command: 'create', path: 'a' }, '`file_text` is missing.'],
  [{ command: 'insert', path: 'a', insert_line: 1.5, insert_text: 'x' }, '`insert_line` has to be a whole number.'],
];
for (const [input, problem] of broken) {
  test(`the input ${JSON.stringify(input)} is refused: ${problem}`, () => {
    assert.deepEqual(tool.read(input), { ok: false, problem });
  });
}

test('an image is shown as one, by what it holds', async () => {
  const workspace = new MemoryWorkspace({}, { 'ui/secret.png': ['secret'] });
  Object.assign(workspace.images, { 'ui/logo': dot, 'ui/secret.png': dot });
  const prepared = await prepare(workspace, { command: 'view', path: 'ui/logo' });
  assert.deepEqual(await prepared.run(signal, () => undefined), {
    text: 'ui/logo (image/png, 1 × 1 pixels):',
    images: [{ name: 'logo', bytes: dot }],
  });
  assert.deepEqual((await prepare(workspace, { command: 'view', path: 'ui/secret.png' })).cautions, ['secret']);
  await assert.rejects(
    prepare(workspace, { command: 'view', path: 'ui/logo', view_range: [1, 2] }),
    saying('Error: `view_range` is not allowed where `path` is an image.'),
  );
});

test('an image that the service would refuse is told, and not sent', async () => {
  const workspace = new MemoryWorkspace({});
  Object.assign(workspace.images, { 'big.png': Buffer.concat([dot, Buffer.alloc(4_000_000)]) });
  await assert.rejects(
    prepare(workspace, { command: 'view', path: 'big.png' }),
    saying('Error: The image can’t be shown: it has more than 3.75 MB.'),
  );
});

test('the last edits of a file are undone one after the other, and only where it says what they have left', async () => {
  const workspace = new MemoryWorkspace({ 'undo.ts': 'one\n', 'new.ts': 'old\n' });
  const undo = { command: 'undo_edit', path: 'undo.ts' };
  await assert.rejects(run(workspace, undo), saying('No edit history found for undo.ts.'));
  await run(workspace, { command: 'str_replace', path: 'undo.ts', old_str: 'one', new_str: 'two' });
  await run(workspace, { command: 'insert', path: 'undo.ts', insert_line: 1, insert_text: 'three' });
  const told = await run(workspace, undo);
  assert.match(told, /^Last edit to undo\.ts undone successfully\./);
  assert.equal(workspace.files.get('undo.ts'), 'two\n');
  await run(workspace, undo);
  assert.equal(workspace.files.get('undo.ts'), 'one\n');
  await assert.rejects(run(workspace, undo), saying('No edit history found for undo.ts.'));
  await run(workspace, { command: 'str_replace', path: 'undo.ts', old_str: 'one', new_str: 'two' });
  workspace.files.set('undo.ts', 'mine\n');
  await assert.rejects(
    run(workspace, undo),
    saying('Error: undo.ts has changed since its last edit, which is not undone.'),
  );
  assert.equal(workspace.files.get('undo.ts'), 'mine\n');
  await run(workspace, { command: 'create', path: 'made.ts', file_text: 'x\n' });
  await assert.rejects(
    run(workspace, { command: 'undo_edit', path: 'made.ts' }),
    saying('Error: The last edit has created made.ts: there is no text before it.'),
  );
});

test('what another conversation has edited is not undone; an edit in part is undone as it was made', async () => {
  const workspace = new MemoryWorkspace({ 'part.ts': 'a\nb\nc\nd\ne\nf\ng\nh\ni\n' });
  const text = 'A\nb\nc\nd\ne\nf\ng\nh\nI\n';
  const prepared = await prepare(workspace, { command: 'create', path: 'part.ts', file_text: text });
  await prepared.leaving?.(new Set([1])).run(signal, () => undefined);
  assert.equal(workspace.files.get('part.ts'), 'A\nb\nc\nd\ne\nf\ng\nh\ni\n');
  const read = tool.read({ command: 'undo_edit', path: 'part.ts' });
  assert.ok(read.ok);
  await assert.rejects(read.call.prepare({ workspace, conversationId: 'another' }), ToolError);
  await run(workspace, { command: 'undo_edit', path: 'part.ts' });
  assert.equal(workspace.files.get('part.ts'), 'a\nb\nc\nd\ne\nf\ng\nh\ni\n');
});
