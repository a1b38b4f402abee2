import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { type ConversationStore, emptyConversation } from '../../../src/core/conversation/store.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import type { Change } from '../../../src/shared/protocol/changes.ts';
import {
  type Script,
  answerWith,
  cutAfter,
  replay,
  reportWith,
  setUp,
  summary,
  thinkThen,
  thought,
  turn,
  write,
} from '../../support/session.ts';
import { problemOf } from '../../support/problemOf.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('a turn is answered, saved and shown, and the view built from changes equals the snapshot', async () => {
  const { session, store, changes } = setUp(answerWith('Hello'));
  await session.send(turn('hi'));
  assert.deepEqual(session.conversation.turns.map(summary), ['user hi', 'assistant complete Hello']);
  assert.equal(session.conversation.title, 'hi');
  assert.equal(store.load('c')?.turns.length, 2);
  assert.deepEqual(replay(changes), session.conversation);
});

test('the next turn carries the conversation', async () => {
  const { session, requests } = setUp(answerWith('one'), answerWith('two'));
  await session.send(turn('first'));
  await session.send(turn('second'));
  assert.deepEqual(requests[1]?.messages, [
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'one' },
    { role: 'user', content: 'second' },
  ]);
});

test('a question that starts over is asked without what was said before, and so is what follows it', async () => {
  const { session, store, changes, requests } = setUp(...['one', 'two', 'three', 'four'].map(answerWith));
  await session.send(turn('first'));
  const review = { ...turn('explain'), startsOver: true };
  assert.deepEqual((await session.nextRequest(review)).history, []);
  await session.send(review);
  await session.send(turn('why?'));
  assert.deepEqual(requests[1]?.messages, [{ role: 'user', content: 'explain' }]);
  assert.deepEqual(
    requests[2]?.messages.map(({ content }) => content),
    ['explain', 'two', 'why?'],
  );

  session.setStart(review.id, false);
  assert.equal((await session.nextRequest()).history.length, 6);
  const stored = store.load('c')?.turns[2];
  assert.equal(stored?.role === 'user' && stored.startsOver, false, 'it is stored');
  await session.send(turn('and now?'));
  assert.deepEqual(
    requests[3]?.messages.map(({ content }) => content),
    ['first', 'one', 'explain', 'two', 'why?', 'three', 'and now?'],
  );
  assert.deepEqual(replay(changes), session.conversation);
});

test('a second question while an answer runs is refused and loses nothing', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { session } = setUp(async (listener, message) => {
    await gate.promise;
    return answerWith('late')(listener, message, new AbortController().signal);
  });
  const running = session.send(turn('one'));
  assert.equal(session.running, true);
  assert.equal(await session.send(turn('two')), false);
  gate.resolve(undefined);
  await running;
  assert.deepEqual(session.conversation.turns.map(summary), ['user one', 'assistant complete late']);
});

test('stopping keeps what arrived', async () => {
  const { session } = setUp(async (listener, message, signal) => {
    write(listener, message, 'half');
    await new Promise(resolve => signal.addEventListener('abort', resolve));
    return { kind: 'stopped', message };
  });
  const running = session.send(turn('go'));
  await turnOfLoop();
  session.stop();
  await running;
  assert.deepEqual(session.conversation.turns.map(summary), ['user go', 'assistant stopped half']);
});

test('an attempt after a wait starts empty, and the view follows', async () => {
  const { session, changes } = setUp((listener, message) => {
    const problem = { kind: 'overloaded', detail: '' } as const;
    listener.retrying({ attempt: 1, maxAttempts: 3, delayMs: 10, problem, skip: () => undefined });
    listener.attemptStarted();
    return answerWith('after all')(listener, message, new AbortController().signal);
  });
  await session.send(turn('hi'));
  assert.ok(changes.some(change => change.type === 'answer' && change.state.phase === 'retrying'));
  assert.deepEqual(replay(changes), session.conversation);
});

test('a relay that begins anew replaces what it had said', async () => {
  const { session, changes } = setUp((listener, message) => {
    write(listener, message, 'wrong');
    message.content.length = 0;
    listener.restarted();
    return answerWith('right')(listener, message, new AbortController().signal);
  });
  await session.send(turn('hi'));
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete right');
  assert.deepEqual(replay(changes), session.conversation);
});

test('retrying asks again without the old answer, which stays in the store', async () => {
  const { session, store, requests } = setUp(answerWith('bad'), answerWith('good'));
  await session.send(turn('hi'));
  const old = session.conversation.turns[1]?.id ?? '';
  await session.retry(old);
  assert.deepEqual(requests[1]?.messages, [{ role: 'user', content: 'hi' }]);
  assert.deepEqual(session.conversation.turns.map(summary), ['user hi', 'assistant complete good']);
  assert.equal(store.load('c')?.turns.length, 2);
});

test('an answer that was running when the window closed is marked as cut and keeps its text', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { session, store, ports } = setUp(listener => {
    const message = { id: 'x', model: 'm', content: [], stopReason: null, stopSequence: null, usage: {} };
    write(listener, message, 'half');
    // Silent from here on: what is there is stored all the same.
    return new Promise(() => undefined);
  });
  void session.send(turn('go'));
  await turnOfLoop();
  t.mock.timers.tick(500);
  const stored = store.load('c');
  assert.ok(stored);
  const reopened = new ChatSession(stored, ports);
  assert.deepEqual(reopened.conversation.turns.map(summary), ['user go', 'assistant truncated half']);
});

test('an answer that another window goes on with is taken from there, and not asked for again', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const rest = Promise.withResolvers<undefined>();
  const { session, store, ports, requests } = setUp(async (listener, message) => {
    write(listener, message, 'half');
    await rest.promise;
    write(listener, message, ' and half');
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  });
  const answered = session.send(turn('go'));
  await turnOfLoop();
  t.mock.timers.tick(500);
  const stored = store.load('c');
  assert.ok(stored);
  const changes: Change[] = [];
  const other = new ChatSession(stored, { ...ports, emit: change => changes.push(change) });
  const cut = other.conversation.turns;
  assert.deepEqual(cut.map(summary), ['user go', 'assistant truncated half']);
  rest.resolve(undefined);
  await answered;
  await other.continue('answer 1');
  assert.deepEqual(other.conversation.turns.map(summary), ['user go', 'assistant complete half| and half']);
  assert.deepEqual(
    changes.map(({ type }) => type),
    ['block', 'answer'],
  );
  assert.deepEqual(
    replay([...cut.map(shown => ({ type: 'turn', turn: shown }) as const), ...changes]).turns,
    other.conversation.turns,
  );
  assert.equal(requests.length, 1);
});

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

test('the draft is kept with the conversation and goes with the message', async () => {
  const { session, store } = setUp(answerWith('ok'));
  session.unsent.draft = 'half';
  await session.saved();
  assert.equal(store.load('c')?.draft, 'half');
  await session.send(turn('half a message'));
  assert.equal(store.load('c')?.draft, '');
});

test('no key is told in the conversation and nothing is sent', async () => {
  const { session, ports, requests } = setUp(answerWith('never'));
  const settings = (await ports.connect()).settings;
  const keyless = new ChatSession(emptyConversation('k'), {
    ...ports,
    connect: () => Promise.resolve({ ok: false, settings, problem: { kind: 'noKey', detail: '' } }),
  });
  await keyless.send(turn('hi'));
  assert.deepEqual(keyless.conversation.turns.map(summary), ['user hi', 'assistant failed ']);
  assert.equal(requests.length, 0);
  assert.equal(session.running, false);
});

test('a full disk is reported and the conversation goes on', async () => {
  const { ports, failures } = setUp(answerWith('still here'));
  const throwing = (): Promise<never> => Promise.reject(new Error('database or disk is full'));
  const failing: ConversationStore = {
    ...ports.store,
    write: throwing,
    loadTree: throwing,
    loadTurns: throwing,
    loadTaken: throwing,
    loadTurn: throwing,
    loadBranch: throwing,
  };
  const session = new ChatSession(emptyConversation('d'), {
    ...ports,
    store: failing,
  });
  await session.send(turn('hi'));
  assert.deepEqual(session.conversation.turns.map(summary), ['user hi', 'assistant complete still here']);
  assert.ok(failures.length > 0);
});

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
  await session.closeFindings(review.id, new Set(['finding 0']), 'cleared');
  const stored = store.load('c')?.turns[1];
  assert.equal(stored?.role === 'assistant' && stored.findings?.[0]?.closed, 'cleared');
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

test('a cut answer goes on from its text where the model takes a prefill', async () => {
  const { session, requests, changes, use } = setUp(cutAfter('The quick '), answerWith(' brown fox.'));
  use({ model: 'claude-sonnet-4-5-20250929' });
  await session.send(turn('go'));
  const id = session.conversation.turns[1]?.id ?? '';
  await session.continue(id);
  assert.deepEqual(session.conversation.turns.map(summary), ['user go', 'assistant complete The quick brown fox.']);
  assert.deepEqual(requests[1]?.messages.at(-1), { role: 'assistant', content: 'The quick' });
  assert.deepEqual(replay(changes), session.conversation);
});

test('a model without prefill is quoted the end of its answer, and what it repeats of that stands once', async () => {
  const { session, requests, use } = setUp(
    cutAfter('It was a dark and stormy ni'),
    answerWith('It was a dark and stormy night.'),
  );
  use({ model: 'claude-opus-4-8' });
  await session.send(turn('go'));
  await session.continue(session.conversation.turns[1]?.id ?? '');
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete It was a dark and stormy night.');
  assert.equal(requests[1]?.messages.length, 3);
  assert.match(JSON.stringify(requests[1].messages[2]), /It was a dark and stormy ni/);
});

test('a continuation that fails leaves the answer as cut as it was, and can be tried again', async () => {
  const { session, changes } = setUp(
    cutAfter('half'),
    (_listener, message) => ({ kind: 'failed', message, problem: { kind: 'overloaded', detail: '' } }),
    answerWith(' and half'),
  );
  await session.send(turn('go'));
  const id = session.conversation.turns[1]?.id ?? '';
  await session.continue(id);
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant truncated half');
  await session.continue(id);
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete half and half');
  assert.deepEqual(replay(changes), session.conversation);
});

test('a continuation counts what both requests took', async () => {
  const { session } = setUp(cutAfter('half', 10), cutAfter(' and half', 5));
  await session.send(turn('go'));
  await session.continue(session.conversation.turns[1]?.id ?? '');
  const answer = session.conversation.turns[1];
  assert.equal(answer?.role === 'assistant' && answer.usage?.outputTokens, 15);
});

test('a complete answer is not continued', async () => {
  const { session, requests } = setUp(answerWith('done'));
  await session.send(turn('go'));
  await session.continue(session.conversation.turns[1]?.id ?? '');
  assert.equal(requests.length, 1);
});

test('a prefill is what the answer begins with', async () => {
  const { session, requests, changes, use } = setUp(answerWith('"a": 1}'));
  use({ model: 'claude-sonnet-4-5-20250929' });
  session.unsent.parameters = { prefill: '{' };
  await session.send(turn('JSON please'));
  assert.deepEqual(requests[0]?.messages.at(-1), { role: 'assistant', content: '{' });
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete {"a": 1}');
  assert.deepEqual(replay(changes), session.conversation);
});

test('an answer keeps the limits that were sent for it, who has set them, and the sequence that ended it', async () => {
  const atSequence: Script = (listener, message) => {
    write(listener, message, 'One');
    message.stopReason = 'stop_sequence';
    message.stopSequence = 'END';
    return { kind: 'complete', message };
  };
  const { session } = setUp(answerWith('a'), atSequence);
  await session.send(turn('one'));
  session.unsent.parameters = { max_tokens: 7, stop_sequences: ['END'] };
  await session.send(turn('two'));
  const answers = session.conversation.turns.filter(each => each.role === 'assistant');
  assert.deepEqual(
    answers.map(({ limits }) => limits),
    [
      { maxTokens: 100, maxTokensFrom: 'parameters' },
      { maxTokens: 7, maxTokensFrom: 'parameters', stopSequencesFrom: 'parameters' },
    ],
  );
  assert.deepEqual(answers[1]?.state, { phase: 'complete', stopReason: 'stop_sequence', stopSequence: 'END' });
});

test('parameters of the conversation come before the settings and are stored with it', async () => {
  const { session, store, requests } = setUp(answerWith('ok'));
  session.unsent.parameters = { model: 'other', max_tokens: 7, temperature: 0.1 };
  await session.send(turn('hi'));
  const { model, max_tokens, temperature } = requests[0] ?? {};
  assert.deepEqual({ model, max_tokens, temperature }, { model: 'other', max_tokens: 7, temperature: 0.1 });
  assert.deepEqual(store.load('c')?.parameters, { model: 'other', max_tokens: 7, temperature: 0.1 });
});

test('a field that the endpoint names is left out of a retry, and of every later request', async () => {
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('top_k: Extra inputs are not permitted'),
  });
  const { session, requests } = setUp(refused, answerWith('ok'), answerWith('again'), answerWith('it goes'));
  session.unsent.parameters = { top_k: 5 };
  await session.send(turn('hi'));
  const failed = session.conversation.turns[1];
  assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
  assert.equal(failed.state.problem.field, 'top_k');
  await session.retryWithout(failed.id);
  await session.send(turn('more'));
  assert.deepEqual(
    requests.map(request => request.top_k),
    [5, undefined, undefined],
  );
  const answer = session.conversation.turns.at(-1);
  assert.ok(answer?.role === 'assistant');
  assert.deepEqual(answer.adjustments, [{ field: 'top_k', change: 'leftOut', reason: 'refusedBefore' }]);
  await session.sendRefusedAgain('top_k');
  await session.send(turn('taken back'));
  assert.equal(requests.at(-1)?.top_k, 5);
});

test('cache breakpoints that are refused are left out by themselves, from then on', async () => {
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('messages.0.content.0.cache_control: Extra inputs are not permitted'),
  });
  const { session, requests } = setUp(refused, answerWith('ok'), answerWith('again'));
  session.unsent.parameters = { cache: true };
  await session.send(turn('hi '.repeat(5_000)));
  await session.send(turn('more'));
  assert.deepEqual(
    requests.map(request => JSON.stringify(request).includes('cache_control')),
    [true, false, false],
  );
  for (const answer of session.conversation.turns.filter(({ role }) => role === 'assistant')) {
    assert.ok(answer.role === 'assistant' && answer.state.phase === 'complete');
    assert.deepEqual(answer.adjustments, [{ field: 'cache_control', change: 'leftOut', reason: 'refusedBefore' }]);
  }
});

test('a model that is not found, and that its vendor ends, is named with the one that takes its place', async () => {
  const missing: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: { kind: 'notFound', detail: 'model: claude-opus-4-1-20250805', status: 404 },
  });
  const { session } = setUp(missing, missing);
  for (const [model, successor] of [
    ['claude-opus-4-1-20250805', 'claude-opus-5'],
    ['no-such-model', undefined],
  ] as const) {
    session.unsent.parameters = { model };
    await session.send(turn('hi'));
    const failed = session.conversation.turns.at(-1);
    assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
    assert.equal(failed.state.problem.modelEnd?.successor, successor);
  }
});

test('a question that the model declined, and what it said to it, are not sent again', async () => {
  const declined: Script = (listener, message) => {
    write(listener, message, 'I cannot');
    message.stopReason = 'refusal';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(answerWith('one'), declined, answerWith('three'));
  for (const text of ['a', 'b', 'c']) await session.send(turn(text));
  assert.deepEqual(requests[2]?.messages, [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'one' },
    { role: 'user', content: 'c' },
  ]);
});

test('thinking goes back to the model that signed it, and to no other', async () => {
  const { session, requests } = setUp(thinkThen('one'), thinkThen('two'), thinkThen('three'));
  await session.send(turn('a'));
  await session.send(turn('b'));
  session.unsent.parameters = { model: 'another' };
  await session.send(turn('c'));
  const text = { type: 'text', text: 'one' };
  assert.deepEqual(requests[1]?.messages[1]?.content, [thought, text]);
  assert.deepEqual(requests[2]?.messages[1]?.content, 'one');
});

test('thinking that the endpoint cannot verify is taken out once, said, and not sent again', async () => {
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('messages.1.content.0: Invalid `signature` in `thinking` block'),
  });
  const { session, requests, changes } = setUp(thinkThen('one'), refused, answerWith('two'), answerWith('three'));
  await session.send(turn('a'));
  await session.send(turn('b'));
  assert.equal(requests.length, 3);
  assert.deepEqual(requests[2]?.messages[1]?.content, [{ type: 'text', text: 'one' }]);
  const healed = session.conversation.turns.at(-1);
  assert.ok(healed?.role === 'assistant' && healed.state.phase === 'complete');
  assert.deepEqual(healed.adjustments, [{ field: 'thinking', change: 'leftOut', reason: 'signature' }]);
  assert.deepEqual(replay(changes), session.conversation, 'the view shows what was left out');
  await session.send(turn('c'));
  assert.equal(requests[3]?.messages[1]?.content, 'one');
});

test('a tool use and its result go back block by block, thinking first', async () => {
  const call: Script = (listener, message) => {
    const block: AnswerContent = {
      type: 'tool_use',
      id: 'call.1',
      name: 'look',
      inputJson: '{"at":1}',
      input: { at: 1 },
    };
    for (const content of [{ ...thought }, block]) {
      message.content.push(content);
      listener.blockStarted(message.content.length - 1, content);
    }
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(call, answerWith('seen'));
  session.unsent.parameters = { tools: [{ name: 'look', input_schema: { type: 'object' } }] };
  await session.send(turn('look'));
  await session.send({ ...turn(''), toolResults: [{ toolUseId: 'call.1', text: 'a cat', isError: false }] });
  assert.deepEqual(requests[1]?.messages.slice(1), [
    { role: 'assistant', content: [thought, { type: 'tool_use', id: 'call_1', name: 'look', input: { at: 1 } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'a cat' }] },
  ]);
});

test('a tool use that the limit has cut keeps nothing waiting, and is not handed back', async () => {
  const cut: Script = (listener, message) => {
    const block: AnswerContent = { type: 'tool_use', id: 't', name: 'look', inputJson: '{"at":' };
    message.content.push(block);
    listener.blockStarted(0, block);
    message.stopReason = 'max_tokens';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(cut, answerWith('fine'));
  session.unsent.parameters = { tools: [{ name: 'look', input_schema: { type: 'object' } }] };
  const sent = session.send(turn('look'));
  session.enqueue(turn('and then?'));
  await sent;
  await session.idle();
  assert.deepEqual(
    requests[1]?.messages.map(({ role }) => role),
    ['user'],
  );
});

test('a tool use that the user goes on without is answered for them', async () => {
  const call: Script = (listener, message) => {
    const block: AnswerContent = { type: 'tool_use', id: 't', name: 'look', inputJson: '{}', input: {} };
    message.content.push(block);
    listener.blockStarted(0, block);
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(call, answerWith('fine'));
  session.unsent.parameters = { tools: [{ name: 'look', input_schema: { type: 'object' } }] };
  await session.send(turn('look'));
  await session.send(turn('never mind'));
  const content = requests[1]?.messages[2]?.content;
  assert.ok(Array.isArray(content));
  assert.deepEqual(
    content.map(block => block.type),
    ['tool_result', 'text'],
  );
});
