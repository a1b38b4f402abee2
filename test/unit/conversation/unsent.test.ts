import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { wrongParameters } from '../../../src/shared/unfinished.ts';
import { answerWith, setUp, turn, type Script, write } from '../../support/session.ts';

const untranslated = (text: string): string => text;

test('a text that is no value is kept with its reason, also over the end of the window, until it is one', async () => {
  const { session, store, ports, changes } = setUp();
  session.unsent.setParameter('temperature', 0.3);
  session.unsent.typeParameter('temperature', '1.5');
  session.unsent.typeParameter('tools', '[{"name":');
  const expected = [
    { name: 'temperature', problem: 'A number from 0 to 1.' },
    { name: 'tools', problem: 'A JSON list of tools.' },
  ];
  assert.deepEqual(wrongParameters(session.unsent.unfinished, untranslated), expected);
  assert.deepEqual(changes.at(-1), { type: 'unfinished', unfinished: session.unsent.unfinished });

  await session.saved();
  const again = new ChatSession(store.load('c') ?? emptyConversation('c'), ports);
  assert.deepEqual(again.unsent.unfinished, { parameters: { temperature: '1.5', tools: '[{"name":' } });
  again.unsent.setParameter('temperature', 0.5);
  assert.deepEqual(again.unsent.unfinished, { parameters: { tools: '[{"name":' } });
  again.unsent.setParameter('tools', undefined);
  assert.deepEqual(again.unsent.unfinished, {});
  await again.saved();
  assert.deepEqual(store.load('c')?.parameters, { temperature: 0.5 });
  assert.equal(store.load('c')?.unfinished, undefined);
});

test('a preset takes the place of what was half typed', () => {
  const { session } = setUp();
  session.unsent.typeParameter('top_k', '-');
  session.unsent.parameters = { max_tokens: 5 };
  assert.deepEqual(session.unsent.unfinished, {});
});

test('a message that waits goes on waiting while a parameter is wrong', async () => {
  const running = Promise.withResolvers<undefined>();
  const slow: Script = async (listener, message) => {
    await running.promise;
    write(listener, message, 'first');
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(slow, answerWith('second'));
  const sent = session.send(turn('one'));
  session.enqueue(turn('two'));
  session.unsent.typeParameter('temperature', '1.5');
  running.resolve(undefined);
  await sent;
  await session.idle();
  assert.equal(requests.length, 1);
  assert.deepEqual(
    session.unsent.queue.messages.map(({ text }) => text),
    ['two'],
  );
});

test('which list of steps is hidden is kept with the conversation', async () => {
  const { session, store } = setUp();
  session.unsent.hideSteps('a:0');
  session.unsent.hideSteps('b:1');
  await session.saved();
  assert.deepEqual(store.load('c')?.unfinished, { hiddenSteps: 'b:1' });
});

test('what is written for tools is kept until it is sent', async () => {
  const { session, store } = setUp(answerWith('thanks'));
  const results = [{ text: '12 °C', isError: false }];
  session.unsent.typeToolResults('a', results);
  await session.saved();
  assert.deepEqual(store.load('c')?.unfinished, { toolResults: { turnId: 'a', results } });
  await session.send({ ...turn(''), toolResults: [{ toolUseId: 't', text: '12 °C', isError: false }] });
  assert.deepEqual(session.unsent.unfinished, {});
  assert.equal(store.load('c')?.unfinished, undefined);
});
