import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { type Script, answerWith, replay, setUp, summary, turn, write } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('a message is stored at every moment from the draft to its answer, and goes out once', async () => {
  const first = Promise.withResolvers<undefined>();
  const { store, ports } = setUp(async (...asked) => {
    await first.promise;
    return answerWith('one')(...asked);
  }, answerWith('two'));
  const written = ['first', 'second'];
  const sent = new Set<string>();
  const watched = new Proxy(ports.store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, values);
        const stored = store.load('c');
        const asked = [...(stored?.turns ?? []), ...(stored?.queue ?? [])];
        const places = [stored?.draft, ...asked.map(record => (record.role === 'user' ? record.text : ''))];
        for (const text of sent) assert.ok(places.includes(text), `“${text}” is nowhere after ${String(name)}`);
        // As it would be opened if the window ended here.
        const reopened = stored && new ChatSession(stored, ports);
        const waiting = reopened?.unsent.queue.turns ?? [];
        assert.ok(!waiting.some(({ id }) => stored?.turns.some(record => record.id === id)), 'would go out twice');
        return result;
      };
    },
  });
  const failures: unknown[] = [];
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    store: watched,
    storeFailed: error => failures.push(error),
  });
  for (const text of written) {
    session.unsent.draft = text;
    await session.saved();
    sent.add(text);
    if (session.running) session.enqueue(turn(text));
    else void session.send(turn(text));
  }
  first.resolve(undefined);
  while (session.running || session.unsent.queue.first) await turnOfLoop();
  assert.deepEqual(failures, []);
  assert.deepEqual(session.conversation.turns.map(summary), [
    'user first',
    'assistant complete one',
    'user second',
    'assistant complete two',
  ]);
});

/** An answer that ends when the test says so. */
function gated(text: string): { script: Script; open: () => void } {
  const gate = Promise.withResolvers<undefined>();
  const script: Script = async (listener, message, signal) => {
    write(listener, message, text);
    const ended = new Promise(resolve => signal.addEventListener('abort', resolve));
    await Promise.race([gate.promise, ended]);
    message.stopReason = 'end_turn';
    return signal.aborted ? { kind: 'stopped', message } : { kind: 'complete', message };
  };
  return { script, open: () => gate.resolve(undefined) };
}

test('what is sent while an answer runs waits for its end, goes out in order, and is stored meanwhile', async () => {
  const first = gated('one');
  const { session, store, changes } = setUp(first.script, answerWith('two'), answerWith('three'));
  const running = session.send(turn('a'));
  await turnOfLoop();
  session.enqueue(turn('b'));
  session.enqueue(turn('c'));
  session.unsent.draft = 'typed meanwhile';
  await session.saved();
  assert.deepEqual(
    store.load('c')?.queue.map(({ text }) => text),
    ['b', 'c'],
  );
  first.open();
  await running;
  await turnOfLoop();
  assert.deepEqual(session.conversation.turns.map(summary), [
    'user a',
    'assistant complete one',
    'user b',
    'assistant complete two',
    'user c',
    'assistant complete three',
  ]);
  assert.deepEqual(session.unsent.queue.messages, []);
  assert.equal(session.unsent.draft, 'typed meanwhile');
  assert.deepEqual(replay(changes), session.conversation);
});

test('a prompt that was called waits and is named as it was called, and leaves what is typed', async () => {
  const first = gated('one');
  const { session, requests } = setUp(first.script, answerWith('two'));
  const running = session.send(turn('a'));
  await turnOfLoop();
  session.unsent.draft = 'typed meanwhile';
  session.enqueue({ ...turn('Write tests for it.'), call: '/tests short' });
  assert.equal(session.unsent.draft, 'typed meanwhile');
  assert.equal(session.unsent.queue.messages[0]?.text, '/tests short');
  first.open();
  await running;
  await turnOfLoop();
  assert.equal(requests[1]?.messages.at(-1)?.content, 'Write tests for it.');
});

test('a conversation that begins with a prompt is named by its call', async () => {
  const { session } = setUp(answerWith('one'));
  await session.send({ ...turn('Write tests for it.'), call: '/tests short' });
  assert.equal(session.conversation.title, '/tests short');
});

test('after a stop what waits stays, until it is sent by hand', async () => {
  const { session } = setUp(gated('one').script, answerWith('two'));
  const running = session.send(turn('a'));
  await turnOfLoop();
  session.enqueue(turn('b'));
  session.enqueue(turn('c'));
  session.stop();
  await running;
  await turnOfLoop();
  assert.equal(session.unsent.queue.messages.length, 2);
  session.unsent.unqueue('turn b', false);
  await session.sendQueued('turn c');
  assert.deepEqual(session.unsent.queue.messages, []);
  assert.deepEqual(session.conversation.turns.map(summary).slice(2), ['user c', 'assistant complete two']);
});

test('sending one now ends the running answer and keeps the others waiting', async () => {
  const { session } = setUp(gated('one').script, gated('two').script);
  void session.send(turn('a'));
  await turnOfLoop();
  session.enqueue(turn('b'));
  session.enqueue(turn('c'));
  void session.sendQueued('turn c');
  await turnOfLoop();
  assert.deepEqual(session.conversation.turns.map(summary), [
    'user a',
    'assistant stopped one',
    'user c',
    'assistant streaming two',
  ]);
  assert.deepEqual(
    session.unsent.queue.messages.map(({ text }) => text),
    ['b'],
  );
  session.stop();
});

test('what is attached to a queued message comes back with it when it is edited', async () => {
  const image = { id: 'i', kind: 'image', name: 'a.png', source: { type: 'url', url: 'https://x/a.png' } } as const;
  const { session } = setUp(gated('one').script);
  void session.send(turn('a'));
  await turnOfLoop();
  session.unsent.attachments = [image];
  session.enqueue({ ...turn('b'), attachments: [image] });
  assert.deepEqual(session.unsent.attachments, []);
  session.unsent.unqueue('turn b', true);
  assert.deepEqual(session.unsent.attachments, [image]);
  session.stop();
});

test('what is attached is sent as it was then, before the question, and can still be had as a whole', async () => {
  const excerpt = {
    path: 'a.ts',
    uri: 'file:///a.ts',
    languageId: 'ts',
    startLine: 1,
    endLine: 900,
    code: 'x\n'.repeat(900),
  };
  const code = { id: 'c', kind: 'code', subject: 'file', name: 'a.ts', excerpt } as const;
  const { session, requests, changes, store } = setUp(answerWith('one'));
  session.unsent.attach(code);
  session.unsent.attach({ ...code, id: 'again' });
  assert.deepEqual(session.unsent.attachments, [{ ...code, id: 'again' }]);
  await session.saved();
  assert.deepEqual(store.load('c')?.attachments, session.unsent.attachments);
  const shown = changes.findLast(change => change.type === 'attachments')?.attachments[0];
  assert.equal(shown?.kind === 'code' && shown.excerpt.code, '');

  await session.send({ ...turn('why?'), attachments: session.unsent.attachments });
  assert.deepEqual(session.unsent.attachments, []);
  const content = requests[0]?.messages[0]?.content;
  assert.ok(Array.isArray(content));
  assert.deepEqual(content[0], { type: 'text', text: `File: a.ts (lines 1-900, ts)\n\`\`\`ts\n${excerpt.code}\`\`\`` });
  assert.equal(content[1]?.type === 'text' && content[1].text, 'why?');
  const asked = session.conversation.turns[0];
  const sent = asked?.role === 'user' ? asked.attachments?.[0] : undefined;
  assert.equal(sent?.kind === 'code' && sent.isCut, true);
  assert.deepEqual(session.findAttachment('again'), { ...code, id: 'again' });
  assert.deepEqual(replay(changes), session.conversation);

  session.unsent.attach(code);
  session.unsent.detach(['other']);
  assert.equal(session.unsent.attachments.length, 1);
  session.unsent.detach(['c']);
  assert.deepEqual(session.unsent.attachments, []);
});
