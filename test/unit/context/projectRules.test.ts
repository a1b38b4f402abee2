import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRules, withRules } from '../../../src/core/context/projectRules.ts';

const rules = [{ path: 'AGENTS.md', text: 'Tabs.\n' }];
const said =
  'The user’s project has rules of its own. Keep to them as far as they concern what is asked.\n\n<rules file="AGENTS.md">\nTabs.\n</rules>';

test('rules stand behind the system prompt, or in its place', () => {
  assert.equal(withRules('Be brief.', rules), `Be brief.\n\n${said}`);
  assert.equal(withRules(' ', rules), said);
  assert.equal(withRules(undefined, rules), said);
});

test('a system prompt in blocks gets one more, and is itself left as it is', () => {
  const blocks = [{ type: 'text' as const, text: 'Be brief.' }];
  assert.deepEqual(withRules(blocks, rules), [...blocks, { type: 'text', text: said }]);
  assert.equal(blocks.length, 1);
});

test('without rules nothing is added, and an empty prompt is none', () => {
  assert.equal(withRules('Be brief.', []), 'Be brief.');
  assert.equal(withRules('', []), undefined);
  assert.equal(withRules('', [{ path: 'AGENTS.md', text: ' \n' }]), undefined);
});

test('what several files say alike is said once', () => {
  const copies = [...rules, { path: 'CLAUDE.md', text: '\nTabs.' }];
  assert.equal(withRules(undefined, copies), said);
});

test('a file that cannot be read, or is too long, is told and keeps none of the others from being sent', async () => {
  const texts: Record<string, string> = { 'AGENTS.md': 'Tabs.', 'CLAUDE.md': 'x'.repeat(100_001) };
  const told: string[] = [];
  const read = (path: string): Promise<string> => {
    const text = texts[path];
    return text === undefined ? Promise.reject(new Error('EACCES')) : Promise.resolve(text);
  };
  const files = await readRules(['CLAUDE.md', 'gone.md', 'AGENTS.md'], read, (path, why) =>
    told.push(`${path} ${why}`),
  );
  assert.deepEqual(files, [{ path: 'AGENTS.md', text: 'Tabs.' }]);
  assert.deepEqual(told.toSorted(), ['CLAUDE.md tooLong', 'gone.md unreadable']);
});
