import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergePrompts } from '../../../src/core/prompts/mergePrompts.ts';
import type { Prompt } from '../../../src/core/prompts/prompt.ts';
import { readPromptFile } from '../../../src/core/prompts/promptFile.ts';
import { readPromptSettings } from '../../../src/core/prompts/promptSettings.ts';
import { readCall } from '../../../src/shared/prompt.ts';

const calls: [message: string, call: string | undefined][] = [
  ['/tests', 'tests|'],
  ['  /tests  with vitest \n', 'tests|with vitest'],
  ['/tests\nwith\n\nvitest', 'tests|with\n\nvitest'],
  ['／テスト　短く', 'テスト|短く'],
  ['/project:add-route.v2 x', 'project:add-route.v2|x'],
  ['/usr/bin is full', undefined],
  ['/', undefined],
  ['/ tests', undefined],
  ['//', undefined],
  ['a /tests', undefined],
  ['', undefined],
];
for (const [message, expected] of calls) {
  test(`${JSON.stringify(message)} calls ${expected ?? 'nothing'}`, () => {
    const call = readCall(message);
    assert.equal(call && `${call.name}|${call.input}`, expected);
  });
}

test('a prompt file is its text, described by what stands above it', () => {
  const read = readPromptFile(
    '.github/prompts/Add route.prompt.md',
    '\uFEFF---\r\nmode: agent\r\ndescription: "Add a \\"route\\""\r\ntools: [a, b]\r\n---\r\n\r\n# Route\r\nAdd ${input}.\r\n',
  );
  assert.ok(read.ok);
  const { name, description, text, context, origin } = read.prompt;
  assert.deepEqual(
    { name, description, text, context, origin },
    {
      name: 'Add-route',
      description: 'Add a "route"',
      text: '# Route\r\nAdd ${input}.',
      context: 'selection',
      origin: { kind: 'file', path: '.github/prompts/Add route.prompt.md' },
    },
  );
});

test('a prompt file without a head is described by its first line', () => {
  const read = readPromptFile('.marginalia/prompts/port.md', '# Port it\n\nPort ${selection}.');
  assert.ok(read.ok);
  assert.equal(read.prompt.description, 'Port it');
  assert.equal(read.prompt.context, 'block');
});

test('a rule of dashes within the text is no head', () => {
  const read = readPromptFile('p/x.md', 'First\n---\nSecond');
  assert.ok(read.ok);
  assert.equal(read.prompt.text, 'First\n---\nSecond');
});

test('a head may name the code that goes along', () => {
  const read = readPromptFile('p/x.md', '---\ncontext: file # all of it\n---\nGo');
  assert.equal(read.ok && read.prompt.context, 'file');
});

test('what is no prompt file says why', () => {
  const problems = [
    readPromptFile('p/x.md', '---\ndescription: x\n---\n \n'),
    readPromptFile('p/!.md', 'x'),
    readPromptFile('p/x.md', 'x'.repeat(100_001)),
  ].map(read => !read.ok && read.problem);
  assert.deepEqual(problems, ['noText', 'noName', 'tooLong']);
});

test('wrong entries of the setting are reported and cost no other', () => {
  const { prompts, problems } = readPromptSettings(
    [
      { name: '/port', description: 'Port it', prompt: 'Port ${selection} to ${input}.' },
      'port',
      { name: 'two words', prompt: 'x' },
      { name: 'empty', prompt: ' ' },
      { name: 'port', prompt: 'again' },
      { name: 'odd', prompt: 'x\ny', description: 3, context: 'everything' },
    ],
    { kind: 'settings' },
  );
  assert.deepEqual(
    prompts.map(({ name, description, context }) => [name, description, context]),
    [
      ['port', 'Port it', 'block'],
      ['odd', 'x', 'selection'],
    ],
  );
  assert.deepEqual(
    problems.map(({ path, expected }) => `${path} ${expected}`),
    [
      '[1] object',
      '[2].name name',
      '[3].prompt prompt',
      '[4].name newName',
      '[5].description text',
      '[5].context context',
    ],
  );
});

test('a setting that is no list is reported, one that is not there is not', () => {
  assert.deepEqual(readPromptSettings({ a: 1 }, { kind: 'settings' }).problems, [{ path: '', expected: 'list' }]);
  assert.deepEqual(readPromptSettings(undefined, { kind: 'settings' }), { prompts: [], problems: [] });
});

test('the user’s own prompt replaces a built-in one, one of the workspace replaces none', () => {
  const prompt = (name: string, kind: 'builtIn' | 'settings' | 'workspaceSettings'): Prompt => ({
    name,
    description: '',
    text: kind,
    context: 'none',
    intent: 'chat',
    origin: { kind },
  });
  const merged = mergePrompts({
    builtIn: [prompt('fix', 'builtIn'), prompt('tests', 'builtIn')],
    settings: [prompt('mine', 'settings'), prompt('tests', 'settings')],
    workspace: [
      prompt('fix', 'workspaceSettings'),
      prompt('mine', 'workspaceSettings'),
      prompt('new', 'workspaceSettings'),
    ],
  });
  assert.deepEqual(
    merged.map(({ name, text }) => `${name} ${text}`),
    [
      'fix builtIn',
      'tests settings',
      'mine settings',
      'project:fix workspaceSettings',
      'project:mine workspaceSettings',
      'new workspaceSettings',
    ],
  );
});
