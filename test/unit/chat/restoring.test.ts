import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversations } from '../../../src/core/chat/conversations.ts';
import { Restoring } from '../../../src/core/chat/restoring.ts';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { openSqliteCheckpoints } from '../../../src/core/checkpoints/sqliteCheckpoints.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import type { RestoreResult } from '../../../src/shared/restore.ts';
import { checkpointPort, MemoryFiles } from '../../support/checkpoints.ts';
import { answerWith, replay, type Script, setUp, summary, turn } from '../../support/session.ts';
import { ownTools } from '../../support/testTools.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

/** Has the model create or change a file. */
function creating(path: string, text: string): Script {
  return (listener, message) => {
    const input = { command: 'create', path, file_text: text };
    const block: AnswerContent = {
      type: 'tool_use',
      id: `call ${path}`,
      name: 'str_replace_based_edit_tool',
      inputJson: JSON.stringify(input),
      input,
    };
    message.content.push(block);
    listener.blockStarted(0, block);
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
}

function open(...scripts: Script[]) {
  const made = setUp(...scripts);
  const workspace = new MemoryWorkspace({ 'a.ts': 'one' });
  const checkpoints = {
    store: checkpointPort(openSqliteCheckpoints(':memory:')),
    files: new MemoryFiles(workspace.files),
  };
  const ports = { ...made.ports, tools: { registry: ownTools(), workspace, isTrusted: () => true }, checkpoints };
  const session = new ChatSession(emptyConversation('c'), ports);
  session.unsent.mode = 'act';
  const returned: (string | undefined)[][] = [];
  const undos: ((() => Promise<void>) | undefined)[] = [];
  const results: RestoreResult[] = [];
  const restoring = new Restoring({
    session: () => session,
    returned: (_, ...texts) => returned.push(texts),
    restored: (result, undo) => {
      results.push(result);
      undos.push(undo);
    },
  });
  const ask = async (asked: UserTurn): Promise<void> => {
    const sent = session.send(asked);
    while (session.running) {
      await turnOfLoop();
      const last = session.branch.turns.at(-1);
      const waiting = last?.role === 'assistant' && last.calls?.find(({ state }) => state === 'awaiting');
      if (waiting) session.calls.decide(last.id, waiting.index, 'allow');
    }
    await sent;
  };
  const restore = async (turnId: string, isWithConversation: boolean): Promise<void> => {
    const { files } = await restoring.plan(turnId);
    await restoring.restore(turnId, files, isWithConversation);
  };
  const shown = () => replay(made.changes).turns.map(summary);
  return { ...made, session, ports, workspace, restoring, ask, restore, shown, returned, undos, results };
}

test('files and conversation go back to before a turn, with its text as the draft, and all of it is undone', async () => {
  const { ask, restore, session, workspace, restoring, returned, results, shown } = open(
    answerWith('Hello.'),
    creating('a.ts', 'two'),
    answerWith('Done.'),
  );
  await ask(turn('Hi'));
  await ask(turn('Change it'));
  const before = shown();
  session.unsent.draft = 'half typed';
  assert.equal(workspace.files.get('a.ts'), 'two');
  assert.deepEqual(session.conversation.restorePoints, { turnIds: ['turn Change it'] });
  assert.equal(restoring.lastTurnId, 'turn Change it');

  await restore('turn Change it', true);
  assert.equal(workspace.files.get('a.ts'), 'one');
  assert.deepEqual(shown(), ['user Hi', 'assistant complete Hello.']);
  assert.equal(session.unsent.draft, 'Change it\n\nhalf typed');
  assert.deepEqual(returned, [['Change it']]);
  assert.deepEqual(results, [{ restored: 1, failed: [] }]);

  await restoring.undo();
  assert.equal(workspace.files.get('a.ts'), 'two');
  assert.deepEqual(shown(), before);
  assert.equal(session.unsent.draft, 'half typed');
  assert.deepEqual(returned.at(-1), ['half typed', 'Change it\n\nhalf typed']);
});

test('what was typed since a restore stays when that is undone', async () => {
  const { ask, restore, session, restoring } = open(creating('a.ts', 'two'), answerWith('Done.'));
  await ask(turn('Change it'));
  await restore('turn Change it', true);
  session.unsent.draft = 'Change it otherwise';
  await restoring.undo();
  assert.equal(session.unsent.draft, 'Change it otherwise');
});

test('files alone go back, and the conversation stays', async () => {
  const { ask, restore, workspace, shown } = open(creating('b.ts', 'made'), answerWith('Done.'));
  await ask(turn('Make it'));
  const before = shown();
  await restore('turn Make it', false);
  assert.deepEqual([...workspace.files.keys()], ['a.ts']);
  assert.deepEqual(shown(), before);
});

test('a conversation that has gone back to before its first turn is so in the next window, and in the list', async () => {
  const { ask, restore, session, ports, store } = open(creating('a.ts', 'two'), answerWith('Done.'));
  await ask(turn('Change it'));
  await restore('turn Change it', true);
  await session.saved();
  const stored = await ports.store.load('c');
  assert.deepEqual([stored?.turns, stored?.draft], [[], 'Change it']);
  assert.equal(stored?.isDamaged, undefined);
  assert.deepEqual(
    store.history.list({ shelf: 'current', limit: 5 }).map(({ id, title }) => [id, title]),
    [['c', 'Change it']],
  );
  assert.ok(stored);
  const next = new ChatSession(stored, ports);
  const undoing = new Restoring({ session: () => next, returned: () => undefined, restored: () => undefined });
  await undoing.undo();
  assert.deepEqual(
    next.branch.turns.map(({ role }) => role),
    ['user', 'assistant', 'user', 'assistant'],
  );
});

test('a run that is asked for again keeps what it changes with the turn that it began with', async () => {
  const { ask, session, restore, workspace } = open(
    creating('a.ts', 'two'),
    creating('b.ts', 'made'),
    answerWith('Done.'),
  );
  await ask(turn('Change both'));
  assert.deepEqual(session.conversation.restorePoints, { turnIds: ['turn Change both'] });
  await restore('turn Change both', false);
  assert.deepEqual(Object.fromEntries(workspace.files), { 'a.ts': 'one' });
});

test('nothing is brought back while an answer is running', async () => {
  const released = Promise.withResolvers<undefined>();
  const { ask, restore, restoring, workspace, session, results } = open(
    creating('a.ts', 'two'),
    answerWith('Done.'),
    async (...args) => {
      await released.promise;
      return answerWith('Later.')(...args);
    },
  );
  await ask(turn('Change it'));
  const sent = session.send(turn('Go on'));
  await turnOfLoop();
  await restore('turn Change it', true);
  await restoring.undo();
  assert.deepEqual([workspace.files.get('a.ts'), results], ['two', []]);
  released.resolve(undefined);
  await sent;
});

test('the notice undoes what it is about, also once another conversation is shown', async () => {
  const { ask, restore, undos, workspace } = open(creating('a.ts', 'two'), answerWith('Done.'));
  await ask(turn('Change it'));
  await restore('turn Change it', false);
  await undos[0]?.();
  assert.equal(workspace.files.get('a.ts'), 'two');
  assert.equal(undos[1], undefined);
});

test('a conversation that is opened again knows where files can be brought back to', async () => {
  const { ask, session, ports } = open(creating('a.ts', 'two'), answerWith('Done.'));
  await ask(turn('Change it'));
  await session.saved();
  const conversations = new Conversations({
    ...ports,
    onRun: () => undefined,
    reviewed: () => undefined,
    hasFindings: () => false,
  });
  const changes: unknown[] = [];
  const again = await conversations.enter('c', {
    changed: (_, change) => changes.push(change),
    runningChanged: () => undefined,
    unsaved: () => undefined,
    mayGoOut: () => Promise.resolve(true),
    taken: () => undefined,
  });
  await again.checkpoints?.load();
  assert.deepEqual(again.conversation.restorePoints, { turnIds: ['turn Change it'] });
  assert.deepEqual(changes, [{ type: 'restorePoints', points: { turnIds: ['turn Change it'] } }]);
});

test('a hunk of a change is taken back, which is seen, stored, and told with the next message', async () => {
  const { ask, session, workspace, requests, changes } = open(
    creating('a.ts', 'two'),
    answerWith('Done.'),
    answerWith('I see.'),
  );
  await ask(turn('Change it'));
  const answer = session.branch.turns[1];
  assert.ok(answer);
  assert.equal(await session.calls.takeBackHunk(answer.id, 7, 0), false);
  assert.equal(await session.calls.takeBackHunk(answer.id, 0, 0), true);
  assert.equal(workspace.files.get('a.ts'), 'one');
  const seen = replay(changes).turns[1];
  assert.deepEqual(seen?.role === 'assistant' && seen.calls?.[0]?.diff?.hunks.map(({ fate }) => fate), ['takenBack']);
  assert.equal(await session.calls.takeBackHunk(answer.id, 0, 0), false, 'it is back already');
  await ask(turn('And now?'));
  assert.match(JSON.stringify(requests.at(-1)?.messages), /Later the user has taken this part of the change back/);
});
