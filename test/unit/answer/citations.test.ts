import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerRun, type Prepared } from '../../../src/core/answer/answerRun.ts';
import type { Seed } from '../../../src/core/conversation/continuation.ts';
import { type AnswerRecord, toView } from '../../../src/core/conversation/turns.ts';
import type { AnswerEnd, SendListener } from '../../../src/core/messages/client.ts';
import type { AnswerContent, AnswerMessage, Citation } from '../../../src/core/messages/wire.ts';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { Change, ViewState } from '../../../src/shared/protocol/changes.ts';

const citation: Citation = { type: 'web_search_result_location', url: 'https://a.test', title: 'Tides' };

test('a citation is kept with its text and shown as it comes, also where an answer goes on', async () => {
  const whole = await answer([]);
  assert.deepEqual(whole.record.content, [{ type: 'text', text: 'High water', citations: [citation] }]);
  assert.deepEqual(whole.seen, whole.snapshot);
  const resumed = await answer([{ type: 'text', text: 'Before. ', citations: [citation] }], {
    text: 'Before. ',
    leastOverlap: 100,
  });
  assert.deepEqual(resumed.record.content, [
    { type: 'text', text: 'Before. High water', citations: [citation, citation] },
  ]);
  assert.deepEqual(resumed.seen, resumed.snapshot);
});

/** What is kept, what the view has made of the changes, and what it would be told anew. */
async function answer(content: AnswerContent[], seed?: Seed) {
  const record: AnswerRecord = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    content,
    state: { phase: 'waiting' },
  };
  let state: ViewState = {
    conversation: { id: 'c', title: '', parameters: {}, turns: [toView(record)], siblings: {} },
    earlier: 0,
    connection: { origin: '', model: 'm', key: 'stored' },
    draft: '',
    attachments: [],
    queue: [],
    revision: 0,
  };
  const emit = (change: Change): void => {
    const next = applyChange(state, structuredClone(change));
    assert.ok(next, change.type);
    state = next;
  };
  const run = new AnswerRun(record, {
    client: { send },
    emit,
    save: () => undefined,
    now: () => 0,
    clock: () => 0,
    purpose: 'chat',
  });
  const endpoint = { messagesUrl: 'https://endpoint.test/v1/messages', key: 'k' };
  const request = { model: 'm', max_tokens: 1, stream: true, messages: [] };
  const prepared: Prepared = { ok: true, request, endpoint, turns: [], hasLarger: () => false, ...(seed && { seed }) };
  await run.run(() => Promise.resolve(prepared));
  const blocksOf = (turn: unknown) => (turn as { blocks: unknown }).blocks;
  return { record, seen: blocksOf(state.conversation.turns[0]), snapshot: blocksOf(toView(record)) };
}

function send(_body: unknown, _endpoint: unknown, listener: SendListener): Promise<AnswerEnd> {
  const message: AnswerMessage = { id: '', model: '', content: [], stopReason: null, stopSequence: null, usage: {} };
  const block: AnswerContent = { type: 'text', text: '' };
  listener.attemptStarted();
  message.content.push(block);
  listener.blockStarted(0, block);
  block.text = 'High water';
  listener.textAppended(0, block.text);
  block.citations = [citation];
  listener.cited?.(0, citation);
  return Promise.resolve({ kind: 'complete', message });
}
