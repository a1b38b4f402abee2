import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWith, reportWith, setUp, turn } from '../../support/session.ts';

const reported = { severity: 'error', title: 'T', explanation: 'E', quote: 'a == b', path: 'x.ts' } as const;

test("a review's findings come out of its tool call, and follow-up questions know them", async () => {
  const { session, requests, placed } = setUp(reportWith({ findings: [reported] }), answerWith('because'));
  await session.send(turn('Review this file.', 'review'));
  assert.deepEqual(placed, [{ ...reported }]);
  const review = session.conversation.turns[1];
  assert.ok(review?.role === 'assistant');
  assert.equal(review.findings?.[0]?.title, 'T');
  await session.send(turn('why?'));
  assert.match(JSON.stringify(requests[1]?.messages[1]), /My findings.*\[error\] T \(x\.ts:1\)/);
  assert.equal(requests[1]?.tools, undefined);
});

test('a report that is more or less than the schema says is a report', async () => {
  const odd = { severity: 'Critical', title: 'T', quote: 'a == b', line: 7 };
  const { session } = setUp(reportWith({ findings: [odd], summary: 'One.' }));
  await session.send(turn('Review this file.', 'review'));
  const review = session.conversation.turns[1];
  assert.ok(review?.role === 'assistant' && review.state.phase === 'complete');
  assert.deepEqual(
    review.findings?.map(({ title, severity }) => [title, severity]),
    [['T', 'error']],
  );
});

test('a review that answers in prose is no review', async () => {
  const { session, placed } = setUp(answerWith('Line 3 looks bad.'));
  await session.send(turn('Review this file.', 'review'));
  const review = session.conversation.turns[1];
  assert.ok(review?.role === 'assistant' && review.state.phase === 'failed');
  assert.equal(review.state.problem.kind, 'noReport');
  assert.deepEqual(placed, []);
});

test('a review that reports in several calls has all that is right in them', async () => {
  const { session, placed } = setUp((listener, message) => {
    const call = (id: string, input: Record<string, unknown>) =>
      ({ type: 'tool_use', id, name: 'report_findings', inputJson: JSON.stringify(input), input }) as const;
    const other = { ...reported, title: 'Other' };
    for (const block of [call('a', { findings: [reported] }), call('b', {}), call('c', { findings: [other] })]) {
      message.content.push(block);
      listener.blockStarted(message.content.length - 1, block);
    }
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  });
  await session.send(turn('Review this file.', 'review'));
  const review = session.conversation.turns[1];
  assert.ok(review?.role === 'assistant' && review.state.phase === 'complete');
  assert.deepEqual(
    review.findings?.map(({ title }) => title),
    ['T', 'Other'],
  );
  assert.equal(placed.length, 2);
  assert.equal(review.calls, undefined, 'its findings say it');
});

test('a review whose report is cut by the token limit says so', async () => {
  const { session } = setUp((_listener, message) => {
    message.content.push({ type: 'tool_use', id: 't', name: 'report_findings', inputJson: '{"findings": [' });
    message.stopReason = 'max_tokens';
    return { kind: 'complete', message };
  });
  await session.send(turn('Review this file.', 'review'));
  const review = session.conversation.turns[1];
  assert.ok(review?.role === 'assistant' && review.state.phase === 'failed');
  assert.equal(review.state.problem.kind, 'reportCut');
});

test('a closed finding stays closed', async () => {
  const { session, store } = setUp(reportWith({ findings: [reported] }));
  await session.send(turn('Review this file.', 'review'));
  const review = session.conversation.turns[1];
  assert.ok(review?.role === 'assistant');
  await session.reviews.close(review.id, new Set(['finding 0']), 'cleared');
  const stored = store.load('c')?.turns[1];
  assert.equal(stored?.role === 'assistant' && stored.findings?.[0]?.closed, 'cleared');
});
