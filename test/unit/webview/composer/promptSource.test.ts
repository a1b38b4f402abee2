import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromptSummary } from '../../../../src/shared/prompt.ts';
import { createPromptSource, matchingPrompts } from '../../../../src/webview/composer/promptSource.ts';

const prompts: PromptSummary[] = [
  { name: 'explain', description: 'Say what it does', origin: { kind: 'builtIn' } },
  { name: 'tests', description: 'My tests', origin: { kind: 'settings' } },
  { name: 'fix', description: 'Find what is wrong', origin: { kind: 'builtIn' } },
  {
    name: 'add-route',
    description: 'Add a route',
    origin: { kind: 'file', path: '.github/prompts/add-route.prompt.md' },
  },
];

function names(query: string): string[] {
  return matchingPrompts(prompts, query).map(({ name }) => name);
}

test('names that begin so come first, then words of names, then words of descriptions', () => {
  assert.deepEqual(names(''), ['explain', 'tests', 'fix', 'add-route']);
  assert.deepEqual(names('F'), ['fix']);
  assert.deepEqual(names('fi'), ['fix']);
  assert.deepEqual(names('route'), ['add-route']);
  assert.deepEqual(names('do'), ['explain']);
  assert.deepEqual(names('wh'), ['explain', 'fix']);
  assert.deepEqual(names('usr/bin'), []);
});

test('all prompts stand in groups, one after another, and a file says where it lies', async () => {
  const found = await createPromptSource(() => prompts).find('');
  assert.deepEqual(
    found.map(({ group, label }) => `${group} ${label}`),
    ['Built in /explain', 'Built in /fix', 'Yours /tests', 'Of this workspace /add-route'],
  );
  assert.match(found[3]?.detail ?? '', /\.github\/prompts/);
});

test('prompts of one group need no heading', async () => {
  const found = await createPromptSource(() => prompts.slice(0, 1)).find('');
  assert.equal(found[0]?.group, undefined);
});
