/**
 * A window that types, attaches and asks until it is ended from outside, and reports what it was told is stored:
 * `node dyingWindow.mjs DATABASE ORIGIN CONVERSATION SEED`. It begins at the first byte of its standard input.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { irregular } from '../../harness/endpoint/random.ts';
import type { ChatSession } from '../../src/core/chat/session.ts';
import type { Change } from '../../src/shared/protocol/changes.ts';
import { Draft } from '../../src/webview/composer/draft.ts';
import { openWindow, typedTurn } from './bareWindow.ts';
import { imageOf } from './imageOf.ts';
import { report, type WindowReport } from './windowReport.ts';

const [path = '', origin = '', conversationId = '', seed = ''] = process.argv.slice(2);
const random = irregular(seed);
const now = (): number => performance.now();
await once(process.stdin, 'data');

const session: ChatSession = openWindow(path, origin).open(conversationId, { emit: tell });
let timer: NodeJS.Timeout | undefined;
const draft = new Draft(
  message => {
    if (message.type !== 'draft') return;
    session.unsent.draft = message.text;
    reportSaved({ kind: 'draft', text: message.text });
  },
  {
    start: (callback, milliseconds) => {
      clearTimeout(timer);
      timer = setTimeout(callback, milliseconds);
      // Once more: however long the first report took, this is when the time begins to run.
      sayTyped();
    },
    stop: () => clearTimeout(timer),
  },
  sayTyped,
);

report({ kind: 'draft', text: session.unsent.draft });
report({ kind: 'attachments', ids: session.unsent.attachments.map(({ id }) => id) });
report({ kind: 'queue', texts: session.unsent.queue.turns.map(({ text }) => text) });
draft.open(conversationId, session.unsent.draft, session.unsent.draft);
void sayAlive();
for (let number = 1; ; number++) {
  await type(`Question ${number} of ${seed}, 世界?`);
  if (random() < 0.3) attach(`${seed} ${number}`);
  if (random() < 0.3) await sleep(400);
  send();
  await sleep(random() * 150);
}

function sayTyped(): void {
  report({ kind: 'typed', text: draft.text, at: now() });
}

/**
 * A timer fires after all those that were due before it. So however late this one is, what was due when it was started
 * has been done: that moment is reported, not the one at which it fires, at which others may be late as well.
 */
async function sayAlive(): Promise<void> {
  for (;;) {
    const at = now();
    await sleep(10);
    report({ kind: 'alive', at });
  }
}

async function type(text: string): Promise<void> {
  const step = 1 + Math.floor(random() * 8);
  for (let end = step; end < text.length + step; end += step) {
    draft.change(text.slice(0, end));
    await sleep(random() * 20);
  }
}

function attach(id: string): void {
  report({ kind: 'attaching', id });
  session.unsent.attach(imageOf(id));
}

/** As the composer and the host do it together. */
function send(): void {
  const turn = typedTurn(draft.text, session.unsent.attachments);
  report({ kind: 'sending', text: turn.text });
  if (session.running) session.enqueue(turn);
  else void session.send(turn);
  draft.clear();
}

function tell(change: Change): void {
  if (change.type === 'delta') {
    const { turnId, index, offset, text } = change;
    report({ kind: 'arrived', turnId, block: index, end: offset + text.length, text, at: now() });
  } else if (change.type === 'turn' && change.turn.role === 'user') {
    reportSaved({ kind: 'asked', turnId: change.turn.id, text: change.turn.text });
  } else if (change.type === 'answer' && change.state.phase === 'complete') {
    reportSaved({ kind: 'answered', turnId: change.turnId });
  } else if (change.type === 'attachments') {
    reportSaved({ kind: 'attachments', ids: change.attachments.map(({ id }) => id) });
  } else if (change.type === 'queue') {
    reportSaved({ kind: 'queue', texts: change.queue.map(({ text }) => text) });
  }
}

/** Once it is in the file. */
function reportSaved(said: WindowReport): void {
  void session.saved().then(() => report(said));
}
