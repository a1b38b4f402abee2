import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileNow, OutdatedWatch } from '../../../src/core/chat/outdatedWatch.ts';
import type { CodeAttachment } from '../../../src/shared/attachment.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith } from '../../support/session.ts';

const file = (id: string, name: string, code: string): CodeAttachment => ({
  id,
  kind: 'code',
  subject: 'file',
  name,
  excerpt: { path: name, uri: `file:///${name}`, languageId: 'ts', startLine: 1, endLine: 1, code },
});

async function open() {
  const { place } = openConversations(answerWith('a'), answerWith('b'));
  const { parts } = place();
  const session = await parts.shown.open();
  const files = new Map<string, FileNow>();
  const read: string[] = [];
  const told: string[][] = [];
  const watch = new OutdatedWatch({
    opened: () => session,
    read: uri => {
      read.push(uri);
      return Promise.resolve(files.get(uri));
    },
    view: {
      connected: true,
      outdated: (of, list) =>
        told.push(list.map(({ id, state }) => `${id} ${state}${of === session.id ? '' : ` in ${of}`}`)),
    },
  });
  const send = async (...attachments: CodeAttachment[]): Promise<void> => {
    for (const attachment of attachments) session.unsent.attach(attachment);
    await parts.asking.ask({ intent: 'chat', text: 'q', excerpts: [], isTyped: true });
  };
  return { session, files, read, told, watch, send };
}

test('what has changed or is gone is told once, and taken back; what nobody can read is not', async () => {
  const { session, files, told, watch, send } = await open();
  await send(file('a', 'a.ts', 'x'), file('b', 'b.ts', 'x'), file('c', 'c.ts', 'x'));
  session.unsent.attach(file('d', 'd.ts', 'x'));
  for (const name of ['a', 'b', 'd']) files.set(`file:///${name}.ts`, 'x');
  await watch.look();
  assert.deepEqual(told, []);
  files.set('file:///a.ts', 'y').set('file:///b.ts', null).set('file:///d.ts', 'y');
  await watch.look();
  await watch.look();
  assert.deepEqual(told, [['a changed', 'b gone', 'd changed']]);
  files.set('file:///a.ts', 'x\n');
  await watch.look();
  assert.deepEqual(told, [
    ['a changed', 'b gone', 'd changed'],
    ['b gone', 'd changed'],
  ]);
  watch.restart();
  await watch.look();
  assert.equal(told.length, 3, 'a view that has come knows nothing yet');
});

test('of what was sent again only the newest counts, and what follows the editor is never behind', async () => {
  const { session, files, told, watch, send } = await open();
  await send(file('old', 'a.ts', 'x'));
  await send(file('new', 'a.ts', 'y'));
  session.unsent.attach({ ...file('live', 'b.ts', 'x'), isLive: true });
  files.set('file:///a.ts', 'y').set('file:///b.ts', 'other');
  await watch.look();
  assert.deepEqual(told, []);
  files.set('file:///a.ts', 'z');
  await watch.look();
  assert.deepEqual(told, [['new changed']]);
});

test('each file is read once, and of very many those that were attached last', async () => {
  const { read, watch, send } = await open();
  await send(...Array.from({ length: 60 }, (_, index) => file(`${index}`, `${index}.ts`, 'x')));
  await watch.look();
  assert.equal(read.length, 50);
  assert.ok(!read.includes('file:///0.ts') && read.includes('file:///59.ts'));
});

test('of two looks the later one counts', async () => {
  const { place } = openConversations();
  const { parts } = place();
  const session = await parts.shown.open();
  session.unsent.attach(file('a', 'a.ts', 'x'));
  const slow = Promise.withResolvers<FileNow>();
  const answers = [slow.promise, Promise.resolve('x')];
  const told: unknown[] = [];
  const watch = new OutdatedWatch({
    opened: () => session,
    read: () => answers.shift() ?? Promise.resolve(undefined),
    view: { connected: true, outdated: (_id, list) => told.push(list) },
  });
  const first = watch.look();
  await watch.look();
  slow.resolve('y');
  await first;
  assert.deepEqual(told, []);
});
