import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { parseStartSettings, startSettingsOf, withStart } from '../../../src/core/conversation/startSettings.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith, cutAfter, setUp, turn } from '../../support/session.ts';

const asked = { model: 'm', maxTokens: 100, systemPrompt: '', stopSequences: [] };

test('from its first answer on a conversation keeps the settings that it was asked with', async () => {
  const { session, requests, changes, use } = setUp(answerWith('one'), answerWith('two'));
  assert.equal(session.unsent.start, undefined);
  await session.send(turn('a'));
  assert.deepEqual(session.unsent.start, asked);
  assert.equal(session.conversation.startModel, 'm');
  assert.ok(changes.some(change => change.type === 'startModel' && change.model === 'm'));
  use({ model: 'm2', maxTokens: 5, systemPrompt: 'S', temperature: 0.5, stopSequences: ['END'], stream: false });
  await session.send(turn('b'));
  const [first, second] = requests.map(request => ({ ...request, messages: [] }));
  assert.deepEqual(second, { ...first, stream: false }, 'how it comes is the endpoint’s matter');
});

test('the settings count for as long as nothing was answered', async () => {
  const { session, requests, use } = setUp(
    (_, message) => ({ kind: 'failed', message, problem: { kind: 'connectionLost', detail: '' } }),
    answerWith('one'),
  );
  const startModel = () => session.unsent.start?.model;
  await session.send(turn('a'));
  assert.equal(startModel(), undefined);
  use({ model: 'm2' });
  await session.send(turn('b'));
  assert.deepEqual([requests.map(({ model }) => model), startModel()], [['m', 'm2'], 'm2']);
});

test('what was cut counts as an answer, and what is set for the conversation stands over its start', async () => {
  const { session, requests, use } = setUp(cutAfter('one'), answerWith('two'));
  await session.send(turn('a'));
  use({ model: 'm2' });
  session.unsent.parameters = { model: 'own', max_tokens: 7 };
  await session.send(turn('b'));
  const { model, max_tokens: maxTokens } = requests[1] ?? {};
  assert.deepEqual([model, maxTokens, session.unsent.start?.model], ['own', 7, 'm']);
});

test('they are there again after a restart', async () => {
  const { session, store, ports, requests, use } = setUp(answerWith('one'), answerWith('two'));
  await session.send(turn('a'));
  await session.saved();
  const stored = store.load('c');
  assert.deepEqual(stored?.start, asked);
  use({ model: 'm2' });
  await new ChatSession(stored, ports).send(turn('b'));
  assert.deepEqual(
    requests.map(({ model }) => model),
    ['m', 'm'],
  );
});

test('a copy, and one that goes on in a new place, keep them', async () => {
  const { parts } = openConversations(answerWith('one'), answerWith('two')).place();
  const session = await parts.shown.open();
  await session.send(turn('q'));
  await parts.goingOn.inNew();
  const next = parts.shown.session;
  assert.notEqual(next.id, session.id);
  assert.equal(next.unsent.start?.model, 'm');
});

test('what was unset at the start stays unset', () => {
  const now = { ...asked, temperature: 1, topP: 0.5, topK: 3, stream: true };
  assert.deepEqual(withStart(now, startSettingsOf(asked)), { ...asked, stream: true });
  assert.deepEqual(withStart(asked, startSettingsOf(now)), { ...asked, temperature: 1, topP: 0.5, topK: 3 });
  assert.equal(withStart(now, undefined), now);
});

test('what is stored is read as it was, or not at all', () => {
  const whole = { ...asked, temperature: 1, topP: 0.5, topK: 3 };
  assert.deepEqual(parseStartSettings(JSON.parse(JSON.stringify(whole))), whole);
  for (const value of [
    null,
    3,
    {},
    { ...asked, model: 1 },
    { ...asked, maxTokens: '5' },
    { ...asked, stopSequences: [1] },
  ]) {
    assert.equal(parseStartSettings(value), undefined, JSON.stringify(value));
  }
});
