import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolNames } from '../../../src/core/mcp/toolNames.ts';

test('a tool is named after its server and itself, where the API takes that', () => {
  assert.deepEqual(toolNames([{ server: 'docs', tool: 'search-all_2' }]), ['docs__search-all_2']);
});

test('whatever servers call themselves, every name is one that the API takes, and there once', () => {
  const servers = ['docs', 'my docs', 'my.docs', 'ドキュメント', 's'.repeat(80), ''];
  const tools = ['search', 'se arch', 'se/arch', 't'.repeat(90), '検索', ''];
  const all = servers.flatMap(server => tools.map(tool => ({ server, tool })));
  const twice = [...all, ...all, { server: 'a__b', tool: 'c' }, { server: 'a', tool: 'b__c' }];
  const names = toolNames(twice);
  for (const name of names) assert.match(name, /^[a-zA-Z0-9_-]{1,64}$/);
  assert.equal(new Set(names).size, names.length);
});

test('a changed name does not depend on what else there is', () => {
  const one = { server: 'my docs', tool: 'search' };
  assert.deepEqual(toolNames([one])[0], toolNames([{ server: 'other', tool: 'x' }, one])[1]);
});
