import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStat } from '../../../src/core/shell/processes.ts';

test('a process is read whatever its name holds, and one that has ended is none', () => {
  assert.deepEqual(parseStat('12 (a) b (c) S 3 4 5 0'), [{ pid: 12, parent: 3, group: 4, session: 5 }]);
  assert.deepEqual(parseStat('12 (a) Z 3 4 5 0'), []);
  assert.deepEqual(parseStat(''), []);
});
