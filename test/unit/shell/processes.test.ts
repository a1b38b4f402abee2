import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStat } from '../../../src/core/shell/processes.ts';

test('a process is read whatever its name holds, and one that has ended is none', () => {
  const fields = '3 4 5 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 777 0';
  assert.deepEqual(parseStat(`12 (a) b (c) S ${fields}`), [
    { pid: 12, parent: 3, group: 4, session: 5, startedAt: 777 },
  ]);
  assert.deepEqual(parseStat('12 (a) Z 3 4 5 0'), []);
  assert.deepEqual(parseStat(''), []);
});
