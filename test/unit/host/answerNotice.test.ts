import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNews, noticeOf } from '../../../src/host/status/answerNotice.ts';
import type { AnswerState } from '../../../src/shared/conversation.ts';
import { plain } from '../../support/plainText.ts';

const complete: AnswerState = { phase: 'complete', stopReason: 'end_turn' };
const failed: AnswerState = { phase: 'failed', problem: { kind: 'unreachable', detail: '' } };
const truncated: AnswerState = { phase: 'truncated', problem: { kind: 'unreachable', detail: '' } };

test('whoever looks at the window is told nothing', () => {
  for (const end of [complete, failed, truncated]) assert.equal(isNews('always', true, 60_000, end), false);
});

test('elsewhere one hears of long answers, of all or of none', () => {
  const heard = (['afterTenSeconds', 'always', 'never'] as const).map(choice =>
    [9_999, 10_000].map(tookMs => isNews(choice, false, tookMs, complete)),
  );
  assert.deepEqual(heard, [
    [false, true],
    [true, true],
    [false, false],
  ]);
  assert.equal(isNews('afterTenSeconds', false, 10_000, failed), true);
});

test('a stop was the user’s own', () => {
  assert.equal(isNews('always', false, 60_000, { phase: 'stopped' }), false);
});

test('the sentence names the conversation, and why its answer failed or was cut', () => {
  assert.deepEqual(noticeOf('Tea', complete, plain), { isTrouble: false, text: '“Tea” was answered.' });
  const [failure, cut] = [noticeOf('Tea', failed, plain), noticeOf('Tea', truncated, plain)];
  assert.match(failure.text, /^“Tea” could not be answered: \w/);
  assert.match(cut.text, /^The answer to “Tea” was cut: \w/);
  assert.ok(failure.isTrouble && cut.isTrouble);
});
