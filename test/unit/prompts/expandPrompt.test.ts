import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandPrompt, type PromptValues, variablesIn } from '../../../src/core/prompts/expandPrompt.ts';

const code = { text: 'const a = 1;\nuse(a);', language: 'typescript', heading: 'File: a.ts (lines 1-2, typescript)' };
const values: PromptValues = {
  selection: code,
  file: { text: 'src/a.ts' },
  language: { text: 'TypeScript' },
  input: { text: 'be brief' },
};
const block = 'File: a.ts (lines 1-2, typescript)\n```typescript\nconst a = 1;\nuse(a);\n```';

const cases: [name: string, text: string, values: PromptValues, expanded: string][] = [
  ['words within a line', 'In ${file}, ${language}: ${input}.', values, 'In src/a.ts, TypeScript: be brief.'],
  ['code on a line of its own', 'Look:\n${selection}\n${input}', values, `Look:\n${block}\nbe brief`],
  [
    'several pieces of code on a line of their own',
    'Look:\n${selection}',
    { selection: { ...code, others: [{ text: 'b()', language: 'ts', heading: 'File: a.ts (lines 9-9, ts)' }] } },
    `Look:\n${block}\n\nFile: a.ts (lines 9-9, ts)\n\`\`\`ts\nb()\n\`\`\``,
  ],
  ['code within a line', 'Port ${selection} to Go. ${input}', values, `Port\n${block}\nto Go. be brief`],
  [
    'one line of code within a line',
    'Rename ${selection} well. ${input}',
    { ...values, selection: { ...code, text: 'foo' } },
    'Rename foo well. be brief',
  ],
  [
    'code in a fence of the prompt’s own',
    '```ts\n${selection}\n```\n${input}',
    values,
    '```ts\nconst a = 1;\nuse(a);\n```\nbe brief',
  ],
  [
    'a line whose variables are all empty',
    'Fix this.\n\nThe editor reports: ${problems}\n\nBe ${input}.',
    { input: { text: 'kind' } },
    'Fix this.\n\nBe kind.',
  ],
  ['a line of which one variable is empty', '${file}: ${problems} ${input}', values, 'src/a.ts:  be brief'],
  ['a list behind words', 'Here: ${problems}', { problems: { text: '- a\n- b' } }, 'Here:\n- a\n- b'],
  ['what is typed, without a place for it', 'Do it.', values, 'Do it.\n\nbe brief'],
  ['nothing typed', 'Do it. ${input}', {}, ''],
  ['input with a question in it', 'Do ${input:What?}.', values, 'Do be brief.'],
  [
    'unknown variables',
    '${unknown} ${workspaceFolder} $file ${diff:none}',
    {},
    '${unknown} ${workspaceFolder} $file ${diff:none}',
  ],
  [
    'values that look like variables',
    '${input}',
    { input: { text: '${file} $& $1' }, file: { text: 'secret' } },
    '${file} $& $1',
  ],
  [
    'code with fences in it',
    '${selection}',
    { selection: { text: '```sh\nls\n```', language: 'markdown' } },
    '````markdown\n```sh\nls\n```\n````',
  ],
  ['staged changes', '${diff:staged}', { 'diff:staged': { text: '+a', language: 'diff' } }, '```diff\n+a\n```'],
];

for (const [name, text, given, expanded] of cases) {
  test(`${name} in ${JSON.stringify(text)}`, () => assert.equal(expandPrompt(text, given), expanded));
}

test('the variables that a prompt uses are known before their values are', () => {
  const text = '${selection} ${diff:staged} ${input:What?} ${other}';
  assert.deepEqual([...variablesIn(text)].sort(), ['diff:staged', 'input', 'selection']);
});
