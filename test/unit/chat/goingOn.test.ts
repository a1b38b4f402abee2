import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageOf } from '../../support/imageOf.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith, cutAfter, type Script, turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const fail: Script = (_, message) => ({ kind: 'failed', message, problem: { kind: 'overloaded', detail: '' } });

async function open(...scripts: Script[]) {
  const opened = openConversations(...scripts);
  const shown = opened.place();
  const session = await shown.parts.shown.open();
  return { ...opened, ...shown, session };
}

const said = ({ branch }: Awaited<ReturnType<typeof open>>['session']): string[] =>
  branch.turns.map(({ role }) => role);

test('a fork holds what was said up to the turn, and the conversation stays as it is', async () => {
  const { parts, session, told } = await open(answerWith('a'), answerWith('b'));
  session.unsent.parameters = { top_k: 3 };
  await session.send(turn('one'));
  await session.send(turn('two'));
  await parts.goingOn.fork('turn two');
  const fork = parts.shown.session;
  assert.notEqual(fork.id, session.id);
  assert.deepEqual(said(fork), ['user', 'assistant', 'user']);
  assert.deepEqual([fork.conversation.title, fork.unsent.parameters], ['one', { top_k: 3 }]);
  assert.equal(session.branch.turns.length, 4);
  assert.deepEqual(told.drawn, [fork.id]);
  await parts.goingOn.fork('unknown');
  assert.equal(parts.shown.session, fork);
});

test('where a fork cannot be stored, that is told, and the conversation stays', async () => {
  const { place, failures } = openConversations(answerWith('a'));
  const { parts } = place({ write: () => Promise.reject(new Error('full')) });
  const session = await parts.shown.open();
  await session.send(turn('one'));
  await parts.goingOn.fork('turn one');
  assert.equal(parts.shown.session, session);
  assert.equal(failures.length, 1);
});

test('a damaged conversation is left for a copy, with what was written; a whole one is not left', async () => {
  const { parts, session, store } = await open(answerWith('a'));
  await session.send(turn('one'));
  await parts.goingOn.leaveDamaged();
  assert.equal(parts.shown.session, session);
  Object.assign(session, { isDamaged: true });
  session.unsent.draft = 'half';
  session.unsent.attach(imageOf('i'));
  await parts.goingOn.leaveDamaged();
  const copy = parts.shown.session;
  assert.notEqual(copy.id, session.id);
  assert.deepEqual(said(copy), ['user', 'assistant']);
  assert.deepEqual([copy.unsent.draft, copy.unsent.attachments.length], ['half', 1]);
  await copy.saved();
  assert.equal(store.load(copy.id)?.draft, 'half');
});

test('what was not answered moves into a new conversation, with the parameters', async () => {
  const { parts, session } = await open(fail);
  session.unsent.parameters = { top_k: 3 };
  await session.send({ ...turn('failed'), attachments: [imageOf('sent')] });
  session.unsent.draft = 'and this';
  session.unsent.attach(imageOf('beside'));
  await parts.goingOn.inNew();
  const { unsent, branch } = parts.shown.session;
  assert.deepEqual([unsent.draft, branch.turns], ['failed\n\nand this', []]);
  assert.deepEqual(
    unsent.attachments.map(({ id }) => id),
    ['sent', 'beside'],
  );
  assert.deepEqual(unsent.parameters, { top_k: 3 });
  assert.deepEqual([session.unsent.draft, session.unsent.attachments], ['', []]);
});

test('in another window, what was written is in the new conversation alone, and the old one is as it was', async () => {
  const { parts, session, store, conversations } = await open(answerWith('a'), answerWith('The gist.'));
  await session.send(turn('one'));
  session.unsent.draft = 'and this';
  session.unsent.attach(imageOf('beside'));
  session.unsent.typeParameter('temperature', '1.5');
  const summary = await session.summarizer.summarize('all');
  await parts.goingOn.inNew(summary?.turn.id);
  const { id } = parts.shown.session;
  // The window closes at once.
  await conversations.close();
  const [old, begun] = [store.load(session.id), store.load(id)];
  assert.ok(old && begun);
  assert.deepEqual([old.draft, old.attachments.length, old.turns.length, old.condensed], ['', 0, 2, undefined]);
  assert.partialDeepStrictEqual(begun, { draft: 'and this', attachments: [{ id: 'beside' }] });
  assert.equal(begun.condensed?.summaries.length, 1);
  const wrong = { parameters: { temperature: '1.5' } };
  assert.deepEqual([old.unfinished, begun.unfinished], [wrong, wrong], 'nothing goes out as nobody wants it');
});

test('what a new conversation begins with is not told to the view of the old one', async () => {
  const { parts, session, told } = await open();
  session.unsent.parameters = { top_k: 3 };
  session.unsent.attach(imageOf('beside'));
  told.changes.length = 0;
  await parts.goingOn.inNew();
  assert.deepEqual(told.changes, [{ type: 'attachments', attachments: [] }]);
});

test('a prompt that was called and not answered is called again', async () => {
  const { parts, session } = await open(fail);
  await session.send({ ...turn('Write tests for the excerpt, with vitest.'), call: '/tests with vitest' });
  await parts.goingOn.inNew();
  assert.equal(parts.shown.session.unsent.draft, '/tests with vitest');
});

test('what waits and what is half done goes from a damaged conversation into its copy', async () => {
  const { parts, session, store, conversations } = await open(answerWith('a'));
  await session.send(turn('one'));
  session.enqueue(turn('waits'));
  const asked = session.branch.turns[1]?.id ?? '';
  const results = [{ text: 'blue', isError: false }];
  session.unsent.typeToolResults(asked, results);
  session.unsent.typeParameter('temperature', '1.5');
  Object.assign(session, { isDamaged: true });
  await parts.goingOn.leaveDamaged();
  await conversations.close();
  const copy = store.load(parts.shown.session.id);
  assert.deepEqual(
    copy?.queue.map(({ text }) => text),
    ['waits'],
  );
  assert.notEqual(copy.turns[1]?.id, asked);
  assert.deepEqual(copy.unfinished, {
    parameters: { temperature: '1.5' },
    toolResults: { turnId: copy.turns[1]?.id, results },
  });
});

test('what was answered stays where it is', async () => {
  for (const script of [answerWith('a'), cutAfter('so far')]) {
    const { parts, session } = await open(script);
    await session.send(turn('q'));
    await parts.goingOn.inNew();
    assert.equal(parts.shown.session.unsent.draft, '');
  }
});

test('a summary of everything is where the new conversation begins, and the old one has none', async () => {
  const { parts, session } = await open(answerWith('a'), answerWith('The gist.'));
  await session.send(turn('one'));
  await parts.room.summarize(true);
  const begun = parts.shown.session;
  assert.notEqual(begun, session);
  assert.match(JSON.stringify(begun.conversation.turns), /The gist\./);
  assert.doesNotMatch(JSON.stringify(session.conversation.turns), /The gist\./);
});

test('a summary that ends when another conversation is shown leads nowhere', async () => {
  const end = Promise.withResolvers<undefined>();
  const slow: Script = async (listener, message, signal) => {
    await end.promise;
    return answerWith('The gist.')(listener, message, signal);
  };
  const { parts, session } = await open(answerWith('a'), slow);
  await session.send(turn('one'));
  const summarized = parts.room.summarize(true);
  await turnOfLoop();
  await parts.shown.show('other');
  end.resolve(undefined);
  await summarized;
  assert.equal(parts.shown.session.id, 'other');
  assert.match(JSON.stringify(session.conversation.turns), /The gist\./, 'it is kept where it was asked for');
});

test('there is no summary while an answer is running, of nothing, or without the user’s word beyond a budget', async () => {
  const empty = await open();
  await empty.parts.room.summarize(false);
  assert.deepEqual(empty.told.cannotSummarize, ['nothing']);

  const end = Promise.withResolvers<undefined>();
  const long: Script = async (_, message) => {
    await end.promise;
    return { kind: 'stopped', message };
  };
  const busy = await open(long);
  const sent = busy.session.send(turn('q'));
  await busy.parts.room.summarize(false);
  end.resolve(undefined);
  await sent;
  assert.deepEqual([busy.told.cannotSummarize, busy.requests.length], [['running'], 1]);

  const poor = await open(answerWith('a'));
  await poor.session.send(turn('q'));
  poor.user.budget = { period: 'day', spentUsd: 2, limitUsd: 1, unpricedRequests: 0 };
  for (const ask of [() => poor.parts.room.summarize(false), () => poor.parts.room.retry('s')]) {
    const asked = ask();
    await turnOfLoop();
    assert.equal(poor.told.held.at(-1)?.text, 'Summarize Older Turns');
    poor.parts.gate.cancel();
    await asked;
  }
  assert.equal(poor.requests.length, 1);
});
