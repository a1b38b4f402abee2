import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';
import { irregular } from '../../harness/endpoint/random.ts';
import type { StoredConversation } from '../../src/core/conversation/store.ts';
import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';
import { killExtensionHost } from '../support/extensionHost.ts';
import { journey } from '../support/journey.ts';

const kills = Number(process.env['MARGINALIA_KILLS'] ?? 10);
const seed = process.env['MARGINALIA_SEED'] ?? String(Date.now() % 1e6);
const random = irregular(seed);

/** Milliseconds of an answer that a kill may cost. */
const answerLossMs = 500;
/** Milliseconds after the first words of the answer within which the kill comes. */
const longestLifeMs = 4_000;
/** Milliseconds between two looks at the answer: so much less exact is what is known to be shown. */
const lookMs = 50;
/** Characters at the end of what is shown that may be drawn otherwise once more has come, such as half a mark. */
const unsettled = 20;

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

journey.use({ user: 'new', pace: 25 });

journey(
  `the extension host is killed ${kills} times in mid-answer, in one conversation: nothing is lost`,
  async ({ workbench, profile }) => {
    journey.setTimeout(kills * 120_000);
    console.log(`MARGINALIA_SEED=${seed}`);
    let chat = await workbench.openChat();
    await chat.box.click();
    await workbench.page.keyboard.type(questionOf(0));
    let before: StoredConversation | undefined;
    for (let round = 0; round < kills; round++) {
      const where = `MARGINALIA_SEED=${seed}, kill ${round}`;
      // The draft of the last window, with what lies beside it.
      await chat.page.keyboard.press('Enter');
      const life = await lifeOf(chat, round);
      killExtensionHost(profile);
      const killedAt = performance.now();
      const stored = readStored(profile);
      checkTurns(stored, before, round, where);
      before = stored;
      chat = await reopen(workbench);
      const lostMs = await checkView(chat, { round, life, killedAt, where });
      console.log(
        `kill ${round}: ${Math.round(killedAt - life.beganAt)} ms after the first words; lost ${lostMs} ms of what was seen`,
      );
      await chat.box.click();
      await chat.page.keyboard.press('End');
    }
  },
);

const questionOf = (round: number): string => `Write 60 long paragraphs, number ${round}`;

/** What was seen of an answer, and when. */
interface Look {
  at: number;
  text: string;
}

interface Life {
  beganAt: number;
  looks: Look[];
}

/** Writes the next question with an image while the answer comes, and looks at that until a moment that nobody chose. */
async function lifeOf(chat: Chat, round: number): Promise<Life> {
  await chat.stopButton.waitFor();
  await eventually(async () => assert.notEqual(await lastAnswer(chat), ''));
  const beganAt = performance.now();
  await chat.paste('dot.png', png);
  await chat.page.keyboard.type(questionOf(round + 1));
  // Only what is there before can be lost.
  await eventually(() => checkDraft(chat, round));
  const endsAt = performance.now() + random() * longestLifeMs;
  const looks: Look[] = [];
  while (performance.now() < endsAt) {
    const at = performance.now();
    looks.push({ at, text: await lastAnswer(chat) });
    await sleep(lookMs);
  }
  return { beganAt, looks };
}

async function lastAnswer(chat: Chat): Promise<string> {
  const paragraphs = await chat.answers.last().locator('p').allInnerTexts();
  return paragraphs.join('\n');
}

/** The conversation as the dead process has left it, of a copy of its file. */
function readStored(profile: string): StoredConversation {
  const kept = join(profile, 'data/User/globalStorage/marginalia.marginalia');
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-kills-'));
  for (const name of readdirSync(kept).filter(file => file.startsWith('conversations.sqlite'))) {
    cpSync(join(kept, name), join(folder, name));
  }
  const store = openSqliteStore(join(folder, 'conversations.sqlite'));
  const stored = store.load(store.history.list({ shelf: 'current', limit: 1 })[0]?.id ?? '');
  store.close();
  rmSync(folder, { recursive: true });
  assert.ok(stored, 'the conversation is there');
  return stored;
}

/** All questions, each with its answer; those before the last one as they were. */
function checkTurns(
  stored: StoredConversation,
  before: StoredConversation | undefined,
  round: number,
  where: string,
): void {
  assert.ok(!stored.isDamaged, where);
  const { turns } = stored;
  const asked = turns.flatMap(turn => (turn.role === 'user' ? [turn.text] : []));
  assert.deepEqual(
    asked,
    Array.from({ length: round + 1 }, (_, number) => questionOf(number)),
    where,
  );
  assert.equal(turns.length, 2 * (round + 1), where);
  const images = turns.flatMap(turn => (turn.role === 'user' ? [turn.attachments?.length ?? 0] : []));
  assert.deepEqual(
    images,
    Array.from({ length: round + 1 }, (_, number) => Math.min(number, 1)),
    where,
  );
  for (const [at, turn] of (before?.turns ?? []).entries()) {
    const now = turns[at];
    if (turn.role === 'user') assert.deepEqual(now, turn, where);
    // The window after it may have marked it as cut.
    else assert.deepEqual(now?.role === 'assistant' && now.content, turn.content, where);
  }
}

async function reopen(workbench: Workbench): Promise<Chat> {
  await workbench.reload();
  return eventually(async () => {
    const chat = await workbench.openChat();
    await chat.answers.last().getByText('The answer was interrupted').waitFor();
    return chat;
  });
}

interface Killed {
  round: number;
  life: Life;
  killedAt: number;
  where: string;
}

/** Returns for how many milliseconds before the kill what was seen is gone. */
async function checkView(chat: Chat, { round, life, killedAt, where }: Killed): Promise<number> {
  const kept = await lastAnswer(chat);
  const isKept = ({ text }: Look): boolean => kept.startsWith(text.slice(0, -unsettled));
  const gone = life.looks.find(look => !isKept(look));
  const lostMs = gone ? Math.round(killedAt - gone.at) : 0;
  assert.ok(lostMs <= answerLossMs + 2 * lookMs, `${where}: ${lostMs} ms of the answer are gone`);
  assert.equal(await chat.turnCount(), 2 * (round + 1), where);
  await checkDraft(chat, round, where);
  return lostMs;
}

async function checkDraft(chat: Chat, round: number, where = ''): Promise<void> {
  const draft = await chat.box.inputValue();
  assert.equal(draft, questionOf(round + 1), `${where}: the draft is “${draft}”`);
  const images = await chat.frame.locator('.composer').getByText('dot.png').count();
  assert.equal(images, 1, `${where}: ${images} images lie beside the draft`);
}
