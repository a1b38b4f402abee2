import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { answerWith, setUp, summary, turn } from '../../support/session.ts';

const shown = ({ conversation }: ChatSession): string[] => conversation.turns.map(summary);

test('what two windows ask after the same answer stands side by side, and both see it', async t => {
  const { first, open } = windows(t);
  await first.send(turn('one'));
  const second = open('b', answerWith('of b'));
  await first.send(turn('from a'));
  await second.send(turn('from b'));
  await first.takeOthers();
  const versions = ['turn from a', 'turn from b'];
  for (const session of [first, second]) {
    assert.deepEqual(session.conversation.siblings, { [session.conversation.turns[2]?.id ?? '']: versions });
  }
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
  assert.equal(Object.values(second.conversation.siblings)[0]?.length, 2);
});

/** Windows that have the same conversation open, each with a connection of its own to the file. */
function windows(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-others-'));
  const path = join(folder, 'conversations.sqlite');
  const open = (name: string, ...scripts: Parameters<typeof setUp>): ChatSession => {
    const store = openSqliteStore(path);
    t.after(() => store.close());
    let ids = 0;
    const { ports } = setUp(...scripts);
    const newId = (): string => `${name} ${++ids}`;
    return new ChatSession(store.load('c') ?? emptyConversation('c'), {
      ...ports,
      store: inProcess(() => store),
      newId,
    });
  };
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { first: open('a', answerWith('first'), answerWith('two')), open };
}
