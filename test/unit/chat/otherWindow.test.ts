import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { Conversations, type RunNews, type SessionViewer } from '../../../src/core/chat/conversations.ts';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended, emptyConversation } from '../../../src/core/conversation/store.ts';
import type { AnswerRecord } from '../../../src/core/conversation/turns.ts';
import type { Change } from '../../../src/shared/protocol/changes.ts';
import { answerWith, type Script, setUp, summary, turn } from '../../support/session.ts';

const shown = ({ conversation }: ChatSession): string[] => conversation.turns.map(summary);

test('what two windows ask after the same answer stands side by side, and both see it', async t => {
  const { first, open } = windows(t);
  await first.send(turn('one'));
  const second = open('b', answerWith('of b'));
  await first.send(turn('from a'));
  await second.send(turn('from b'));
  await first.takeOthers();
  assert.deepEqual(first.conversation.siblings, { 'turn from a': { index: 0, count: 2, nextId: 'turn from b' } });
  assert.deepEqual(second.conversation.siblings, { 'turn from b': { index: 1, count: 2, previousId: 'turn from a' } });
  assert.deepEqual(shown(second).slice(2), ['user from b', 'assistant complete of b']);
  assert.deepEqual(shown(first).slice(2), ['user from a', 'assistant complete two']);
  await first.switchTo('turn from b');
  assert.deepEqual(shown(first), shown(second));
  await second.switchTo('turn from a');
  assert.deepEqual(shown(second).slice(2), ['user from a', 'assistant complete two']);
});

test('where the other window has gone on from the end that is shown, that is shown', async t => {
  const { first, open } = windows(t);
  await first.send(turn('one'));
  const second = open('b', answerWith('of b'));
  await second.send(turn('from b'));
  await first.takeOthers();
  assert.deepEqual(shown(first), shown(second));
  assert.deepEqual(first.conversation.siblings, {});
});

test('nothing comes in between while an answer runs', async t => {
  const { first, open } = windows(t);
  await first.send(turn('one'));
  const asked = Promise.withResolvers<undefined>();
  const second = open('b', async (listener, message, signal) => {
    await asked.promise;
    return answerWith('of b')(listener, message, signal);
  });
  const running = second.send(turn('from b'));
  await first.send(turn('from a'));
  await second.takeOthers();
  assert.deepEqual(second.conversation.siblings, {});
  asked.resolve(undefined);
  await running;
  assert.equal(Object.values(second.conversation.siblings)[0]?.count, 2);
});

const other = { id: 'gone', isThere: () => true };

test('an answer that another window writes is shown as such, grows and ends here, too', async t => {
  const { first, open, changes } = windows(t);
  await first.send(turn('one'));
  const second = open('b', answerWith('of b'));
  const goOn = Promise.withResolvers<undefined>();
  const end = Promise.withResolvers<undefined>();
  const third = open('d', async (listener, message, signal) => {
    const block = { type: 'text' as const, text: '' };
    message.content.push(block);
    listener.blockStarted(0, block);
    for (const [text, next] of [
      ['Half', goOn],
      [' and half', end],
    ] as const) {
      block.text += text;
      listener.textAppended(0, text);
      await next.promise;
    }
    message.stopReason = 'end_turn';
    return signal.aborted ? { kind: 'stopped', message } : { kind: 'complete', message };
  });
  const running = third.send(turn('from d'));
  const seen = async (last: string): Promise<void> => {
    while (shown(second).at(-1) !== last) {
      await sleep(20);
      await second.takeOthers();
    }
  };
  await seen('assistant elsewhere Half');
  assert.equal(second.running, false);
  const [known] = [changes.get('b')?.length ?? 0];
  goOn.resolve(undefined);
  await seen('assistant elsewhere Half and half');
  end.resolve(undefined);
  await running;
  await third.saved();
  await seen('assistant complete Half and half');
  const types = (changes.get('b') ?? []).slice(known).map(({ type }) => type);
  assert.deepEqual(types, ['delta', 'answer'], 'what is drawn stays and is added to');
  assert.deepEqual(shown(open('e')), shown(second));
});

test('an answer of a window that is gone was interrupted, also where it said a moment ago that it goes on', async t => {
  const { first, open, path } = windows(t);
  await first.send(turn('one'));
  const store = openSqliteStore(path);
  t.after(() => store.close());
  const parentId = first.conversation.turns.at(-1)?.id ?? null;
  const left: AnswerRecord = {
    id: 'left',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    content: [{ type: 'text', text: 'Ha' }],
    state: { phase: 'streaming' },
    runsIn: { window: other.id, at: 0 },
  };
  const asked = turn('from there');
  store.write([...appended('c', asked, parentId), ...appended('c', left, asked.id)]);
  const second = open('b');
  assert.equal(shown(second).at(-1), 'assistant elsewhere Ha');
  other.isThere = () => false;
  t.after(() => (other.isThere = () => true));
  // By itself: nobody writes any more.
  while (shown(second).at(-1) !== 'assistant truncated Ha') await sleep(50);
  other.isThere = () => true;
  assert.equal(shown(open('d', 60_000)).at(-1), 'assistant truncated Ha', 'it has said nothing for too long');
});

test('an empty answer of another window is not taken away by what is asked here', async t => {
  const { first, open, path } = windows(t);
  await first.send(turn('one'));
  const asked = turn('from there');
  const left: AnswerRecord = {
    id: 'left',
    role: 'assistant',
    createdAt: 0,
    model: '',
    content: [],
    state: { phase: 'waiting' },
    runsIn: { window: other.id, at: 0 },
  };
  const store = openSqliteStore(path);
  t.after(() => store.close());
  const parentId = first.conversation.turns.at(-1)?.id ?? null;
  store.write([...appended('c', asked, parentId), ...appended('c', left, asked.id)]);
  const second = open('b', answerWith('of b'), answerWith('more of b'));
  await second.again.retry('left');
  assert.deepEqual(shown(second).slice(2), ['user from there', 'assistant complete of b']);
  assert.equal(store.loadTurn('left')?.id, 'left');
});

test('of an answer that another window has asked for, that window alone tells that it has ended', async t => {
  const { first, path } = windows(t);
  await first.send(turn('one'));
  const viewer: SessionViewer = {
    changed: () => undefined,
    runningChanged: () => undefined,
    unsaved: () => undefined,
    mayGoOut: () => Promise.resolve(true),
    taken: () => undefined,
  };
  const window = (id: string, ...scripts: Script[]) => {
    const store = openSqliteStore(path);
    t.after(() => store.close());
    const news: RunNews[] = [];
    let ids = 0;
    const conversations = new Conversations({
      ...setUp(...scripts).ports,
      store: inProcess(() => store),
      newId: () => `${id} ${++ids}`,
      window: { id, isThere: () => true },
      onRun: told => news.push(told),
      reviewed: () => undefined,
      hasFindings: () => false,
    });
    return { conversations, news };
  };
  const end = Promise.withResolvers<undefined>();
  const here = window('here');
  const there = window('there', async (listener, message, signal) => {
    await end.promise;
    return answerWith('done')(listener, message, signal);
  });
  const seen = await here.conversations.enter('c', viewer);
  const asked = await there.conversations.enter('c', viewer);
  const sent = asked.send(turn('two'));
  while (!/elsewhere/.test(shown(seen).at(-1) ?? '')) {
    await sleep(20);
    await here.conversations.takeOthers();
  }
  end.resolve(undefined);
  await sent;
  await asked.saved();
  await here.conversations.takeOthers();
  assert.equal(shown(seen).at(-1), 'assistant complete done');
  assert.deepEqual(here.news, []);
  assert.deepEqual(
    there.news.map(news => news.end?.phase),
    [undefined, 'complete'],
  );
});

/** Windows that have the same conversation open, each with a connection of its own to the file. */
function windows(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-others-'));
  const path = join(folder, 'conversations.sqlite');
  const changes = new Map<string, Change[]>();
  const open = (name: string, ...given: (number | Script)[]): ChatSession => {
    const [at = 0] = given.filter(one => typeof one === 'number');
    const scripts = given.filter(one => typeof one !== 'number');
    const store = openSqliteStore(path);
    t.after(() => store.close());
    let ids = 0;
    const { ports, changes: emitted } = setUp(...scripts);
    changes.set(name, emitted);
    const newId = (): string => `${name} ${++ids}`;
    return new ChatSession(store.load('c') ?? emptyConversation('c'), {
      ...ports,
      store: inProcess(() => store),
      newId,
      now: () => at,
      window: { id: name, isThere: id => id !== other.id || other.isThere() },
    });
  };
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { first: open('a', answerWith('first'), answerWith('two')), open, changes, path };
}
