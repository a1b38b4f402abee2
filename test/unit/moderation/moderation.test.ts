import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckSubject, Outcome } from '../../../src/core/moderation/check.ts';
import { Moderation } from '../../../src/core/moderation/moderation.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import type { CheckedWay, ModerationState } from '../../../src/shared/moderation.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const key = 'sk-the-key-in-use-1234567890';
const allow: Outcome = { kind: 'verdict', verdict: 'allow', reason: '' };
const block: Outcome = { kind: 'verdict', verdict: 'block', reason: 'Not for others.' };
const asks: Outcome = { kind: 'verdict', verdict: 'ask', reason: 'Really?' };

function request(...texts: string[]): MessagesRequest {
  const messages = texts.map((content, index) => ({
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    content,
  }));
  return { model: 'm', max_tokens: 1, stream: true, messages };
}

function setUp(...outcomes: Outcome[]) {
  const subjects: CheckSubject[] = [];
  const states: (ModerationState | undefined)[] = [];
  const user = { id: 'one', ways: new Set<CheckedWay>(['out', 'back']), isSetUp: true };
  const abort = new AbortController();
  const check = {
    by: 'my check',
    look: (subject: CheckSubject) => {
      subjects.push(subject);
      return Promise.resolve(outcomes.shift() ?? allow);
    },
  };
  const moderation = new Moderation(
    () => (user.isSetUp ? { id: user.id, ways: user.ways, all: [check] } : undefined),
    state => states.push(state),
  );
  const out = (...texts: string[]) => moderation.out(request(...texts), key, abort.signal);
  const back = (text: string) =>
    moderation.back('m', [{ type: 'text', text }], answer => Promise.resolve(answer), abort.signal);
  const texts = () => subjects.map(subject => subject.texts.map(({ text }) => text));
  const waits = async (): Promise<void> => {
    for (let turns = 0; turns < 50 && moderation.state?.phase !== 'asks'; turns++) await turnOfLoop();
    assert.equal(moderation.state?.phase, 'asks');
  };
  return { moderation, out, back, texts, subjects, states, user, abort, check, waits };
}

test('where no check is set up nothing is asked', async () => {
  const { out, back, user, subjects, states } = setUp(block);
  user.isSetUp = false;
  assert.deepEqual([await out('a'), await back('b'), subjects, states], [undefined, undefined, [], []]);
});

test('what passes goes out, and only what is new is looked at', async () => {
  const { out, back, texts, states, user } = setUp();
  assert.equal(await out('a'), undefined);
  assert.equal(await back('b'), undefined);
  assert.equal(await out('a', 'b', 'c'), undefined);
  assert.equal(await out('a', 'b', 'c'), undefined);
  assert.deepEqual(texts(), [['a'], ['b'], ['c']]);
  assert.deepEqual(states.slice(0, 2), [{ phase: 'checking', way: 'out', by: 'my check' }, undefined]);
  // Another check has seen none of it.
  user.id = 'two';
  await out('a');
  assert.deepEqual(texts().at(-1), ['a']);
});

test('what is blocked is kept back, and looked at again when it is tried again', async () => {
  const { out, texts } = setUp(block, block);
  const blocked = { state: 'blocked', by: 'my check', reason: 'Not for others.' };
  assert.deepEqual([await out('a'), await out('a')], [blocked, blocked]);
  assert.deepEqual(texts(), [['a'], ['a']]);
});

test('without a verdict nothing passes, also where the check throws', async () => {
  const failed: Outcome = { kind: 'failed', failure: 'timeout', detail: 'slow' };
  const { out, check } = setUp(failed);
  assert.deepEqual(await out('a'), { state: 'failed', by: 'my check', failure: 'timeout', detail: 'slow' });
  check.look = () => Promise.reject(new Error('broken'));
  const thrown = await out('a');
  assert.equal(thrown?.state, 'failed');
});

test('what the check leaves to the user waits for their word', async () => {
  const { out, waits, moderation, states } = setUp(asks, asks);
  const first = out('a');
  await waits();
  moderation.decide(false);
  assert.deepEqual(await first, { state: 'declined', by: 'my check', reason: 'Really?' });
  const second = out('a');
  await waits();
  moderation.decide(true);
  assert.equal(await second, undefined);
  assert.equal(await out('a'), undefined);
  assert.deepEqual(states.at(-1), undefined);
  assert.equal(moderation.state, undefined);
});

test('Stop ends a check that runs and one that asks: neither passes', async () => {
  const running = setUp();
  running.check.look = () => new Promise(() => undefined);
  const looking = running.out('a');
  running.abort.abort();
  assert.equal((await looking)?.state, 'failed');
  const asking = setUp(asks);
  const asked = asking.out('a');
  await asking.waits();
  asking.abort.abort();
  assert.deepEqual(await asked, { state: 'failed', by: 'my check', failure: 'stopped', detail: '' });
});

test('each way is looked at where it is set so', async () => {
  const { out, back, user, texts } = setUp();
  user.ways = new Set(['back']);
  await out('a');
  await back('b');
  user.ways = new Set(['out']);
  await back('c');
  assert.deepEqual(texts(), [['b']]);
});

test('the check is given every text with its part, and never the key', async () => {
  const { moderation, abort, subjects } = setUp();
  const body: MessagesRequest = {
    model: 'claude',
    max_tokens: 1,
    stream: true,
    system: `Use ${key}.`,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'text', text: ' ' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'view', input: { path: 'a.ts' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'let a;' }] },
    ],
  };
  await moderation.out(body, key, abort.signal);
  assert.equal(JSON.stringify(subjects).includes(key), false);
  const [subject] = subjects;
  assert.deepEqual([subject?.version, subject?.way, subject?.model], [1, 'out', 'claude']);
  assert.deepEqual(subject?.texts.slice(1), [
    { part: 'user', text: 'Look' },
    { part: 'toolCall', name: 'a.ts', text: 'a.ts' },
    { part: 'toolResult', name: 'a.ts', text: 'let a;' },
  ]);
});

test('an answer is looked at with its thinking and the inputs of its tools, as far as they have come', async () => {
  const { moderation, abort, subjects } = setUp();
  const masked = (answer: MessagesRequest) => Promise.resolve(answer);
  const content = [
    { type: 'thinking', thinking: 'hm', signature: 's' },
    { type: 'text', text: 'So' },
    { type: 'tool_use', id: 'c', name: 'run', inputJson: '{"a":"rm' },
  ] as const;
  await moderation.back('m', content, masked, abort.signal);
  assert.deepEqual(
    subjects[0]?.texts.map(({ part, text }) => `${part} ${text}`),
    ['assistant hm', 'assistant So', 'toolCall {"a":"rm'],
  );
});
