/**
 * One of several windows that use one file at the same time: `node busyWindow.mjs FOLDER ORIGIN NAME`. It prints a line
 * once its code is loaded. At the moment that it then reads from its standard input it makes files that are not there
 * yet, opens a conversation of its own and one that the others open too, and prints a line. At the next line that it reads
 * it asks and types in both, and prints what it holds in the end.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';
import { appended } from '../../src/core/conversation/store.ts';
import type { ChatSession } from '../../src/core/chat/session.ts';
import { allFound } from './allFound.ts';
import { openWindow, typedTurn } from './bareWindow.ts';
import { imageOf } from './imageOf.ts';

const newFiles = 20;
const questions = 12;

const [folder = '', origin = '', name = ''] = process.argv.slice(2);
const startAt = Number(await lineAfter('loaded'));
for (let file = 0; file < newFiles; file++) {
  // Not a timer: the windows are to meet within a fraction of a millisecond.
  while (Date.now() < startAt + file * 30);
  const store = openSqliteStore(join(folder, `new-${file}.sqlite`));
  store.write(appended(name, typedTurn(`${name} is here`), null));
  store.close();
}

const window = openWindow(join(folder, 'conversations.sqlite'), origin);
const own = window.open(`own of ${name}`);
const shared = window.open('shared');
// An answer that was begun before a window opens the conversation is one that the window takes for interrupted.
await lineAfter('open');
await Promise.all([work(own, 'own'), work(shared, 'shared')]);
process.stdout.write(`${JSON.stringify([own, shared].map(({ branch }) => branch.turns))}\n`);
await window.close();
process.stdin.destroy();

/** Says what has come to be, and reads what is to be done then. */
async function lineAfter(said: string): Promise<string> {
  const read = once(process.stdin, 'data') as Promise<[Buffer]>;
  process.stdout.write(`${said}\n`);
  const [line] = await read;
  return line.toString();
}

async function work(session: ChatSession, label: string): Promise<void> {
  for (let question = 1; question <= questions; question++) {
    const text = `${name}, ${label} ${question}`;
    for (let end = 1; end <= text.length; end++) session.unsent.draft = text.slice(0, end);
    if (question % 3 === 0) session.unsent.attach(imageOf(text));
    const answered = session.send(typedTurn(text, session.unsent.attachments));
    allFound(window.store.history, name);
    await answered;
    window.store.history.catchUp();
  }
  session.unsent.draft = `${name} is writing`;
  session.unsent.attach(imageOf(name));
  await session.saved();
}
