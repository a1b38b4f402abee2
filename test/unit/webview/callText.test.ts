import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RanCall } from '../../../src/shared/ranCalls.ts';
import { callOutcome } from '../../../src/webview/tools/callText.ts';

test('the line of a command says how many programs it has left running', () => {
  const call: RanCall = { index: 0, state: 'done', line: { action: 'run', subject: 'npm start' }, exitCode: 0 };
  assert.equal(callOutcome(call), 'exit code 0');
  assert.equal(callOutcome({ ...call, leftRunning: 1 }), 'exit code 0 · 1 left running');
  assert.equal(callOutcome({ ...call, leftRunning: 2, durationMs: 3_000 }), 'exit code 0 · 2 left running · 3s');
});
