import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerRun } from '../../../src/core/answer/answerRun.ts';
import { toMessages } from '../../../src/core/request/toMessages.ts';
import { type AnswerRecord, toView } from '../../../src/core/conversation/turns.ts';
import type { AnswerEnd, SendListener } from '../../../src/core/messages/client.ts';
import type { AnswerContent, AnswerMessage } from '../../../src/core/messages/wire.ts';
import type { Change } from '../../../src/shared/protocol/changes.ts';

test('thinking takes from its first word to its end, however long the block was open before', async () => {
  const { thought, shown } = await answer(({ start, say, end, wait }) => {
    start('thinking');
    wait(3_000);
    say('First');
    wait(11_000);
    say(' and last');
    wait(1_000);
    end();
    wait(400);
    start('text');
  });
  assert.deepEqual(thought, [{ index: 0, durationMs: 12_000 }]);
  assert.deepEqual(shown[0], { type: 'thinking', text: 'First and last', durationMs: 12_000 });
});

test('thinking without a word takes from its start to its end', async () => {
  const { thought } = await answer(({ start, end, wait }) => {
    start('thinking');
    wait(5_000);
    end();
  });
  assert.deepEqual(thought, [{ index: 0, durationMs: 5_000 }]);
});

test('where a relay leaves the end out, the next block says it', async () => {
  const { thought } = await answer(({ start, say, wait }) => {
    start('thinking');
    say('a');
    wait(2_000);
    start('text');
    wait(9_000);
    say('b');
  });
  assert.deepEqual(thought, [{ index: 0, durationMs: 2_000 }]);
});

test('the end of the answer ends its thinking', async () => {
  const { thought } = await answer(({ start, say, wait }) => {
    start('thinking');
    say('a');
    wait(2_000);
  });
  assert.deepEqual(thought, [{ index: 0, durationMs: 2_000 }]);
});

test('a snapshot in the middle tells how long it has taken so far', async () => {
  await answer(({ start, say, wait, record }) => {
    start('thinking');
    say('a');
    wait(2_000);
    say('b');
    assert.deepEqual(toView(record), {
      ...toView(record),
      blocks: [{ type: 'thinking', text: 'ab', durationMs: 2_000 }],
    });
  });
});

test('what came as one piece tells nothing of the time', async () => {
  const { thought, shown } = await answer(({ start, say, end }) => {
    start('thinking');
    say('all at once');
    end();
  });
  assert.deepEqual(thought, []);
  assert.deepEqual(shown, [{ type: 'thinking', text: 'all at once' }]);
});

test('an answer that begins anew forgets what the first try took', async () => {
  const { thought, shown } = await answer(({ start, say, wait, restart }) => {
    start('thinking');
    say('wrong');
    wait(2_000);
    say('!');
    restart();
    start('text');
    say('right');
  });
  assert.deepEqual(thought, []);
  assert.deepEqual(shown, [{ type: 'text', text: 'right' }]);
});

test('the time is stored with the answer and is no part of what goes back to the model', async () => {
  const { record } = await answer(({ start, say, wait, end }) => {
    start('thinking');
    say('a');
    wait(2_000);
    end();
  });
  const stored = JSON.parse(JSON.stringify(record)) as AnswerRecord;
  assert.deepEqual(toView(stored), toView(record));
  const [message] = toMessages([stored], { thinking: () => true, toolUses: false });
  assert.deepEqual(message?.content, [{ type: 'thinking', thinking: 'a', signature: 'signed' }]);
});

interface Script {
  record: AnswerRecord;
  start: (type: 'thinking' | 'text') => void;
  say: (text: string) => void;
  end: () => void;
  wait: (milliseconds: number) => void;
  restart: () => void;
}

/** Runs one answer; what was told of its thinking, and how the view ends up. */
async function answer(play: (script: Script) => void) {
  let now = 1_000_000;
  const record: AnswerRecord = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    content: [],
    state: { phase: 'waiting' },
  };
  const message: AnswerMessage = { id: '', model: '', content: [], stopReason: null, stopSequence: null, usage: {} };
  const send = (_body: unknown, _endpoint: unknown, listener: SendListener): Promise<AnswerEnd> => {
    listener.attemptStarted();
    const last = (): number => message.content.length - 1;
    play({
      record,
      start: type => {
        const block: AnswerContent = type === 'text' ? { type, text: '' } : { type, thinking: '', signature: 'signed' };
        message.content.push(block);
        listener.blockStarted(last(), block);
      },
      say: text => {
        const block = message.content[last()];
        if (block?.type === 'text') block.text += text;
        else if (block?.type === 'thinking') block.thinking += text;
        listener.textAppended(last(), text);
      },
      end: () => listener.blockEnded?.(last()),
      wait: milliseconds => (now += milliseconds),
      restart: () => {
        message.content.length = 0;
        listener.restarted();
      },
    });
    return Promise.resolve({ kind: 'complete', message });
  };
  const changes: Change[] = [];
  const run = new AnswerRun(record, {
    client: { send },
    emit: change => changes.push(change),
    save: () => undefined,
    now: () => now,
    clock: () => now,
    purpose: 'chat',
  });
  const endpoint = { messagesUrl: 'https://endpoint.test/v1/messages', key: 'k' };
  const request = { model: 'm', max_tokens: 1, stream: true, messages: [] };
  await run.run(() => Promise.resolve({ ok: true, request, endpoint, turns: [], hasLarger: () => false }));
  const thought = changes.flatMap(change =>
    change.type === 'thought' ? [{ index: change.index, durationMs: change.durationMs }] : [],
  );
  const view = toView(record);
  return { record, thought, shown: view.role === 'assistant' ? view.blocks : [] };
}
