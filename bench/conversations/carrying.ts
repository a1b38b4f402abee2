import { randomUUID } from 'node:crypto';
import { carriedFrom, type CarriedConversation, withCountedTurns } from '../../src/core/carry/carried.ts';
import { parseJsonConversation, toJson } from '../../src/core/carry/json.ts';
import { toMarkdown } from '../../src/core/carry/markdown.ts';
import { parseMarkdown } from '../../src/core/carry/parseMarkdown.ts';
import { storeCarried } from '../../src/core/carry/storeCarried.ts';
import { withoutKeys } from '../../src/core/carry/withoutKeys.ts';
import { appended } from '../../src/core/conversation/store.ts';
import { inProcess } from '../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';
import { conversationPage } from '../../src/page/conversationPage.ts';
import { longConversation } from '../long/conversation.ts';
import { median, ms, type Row } from '../startup/table.ts';

const characters = 5_000_000;

/** A conversation of 5 MB out of the store into each kind of file, and from there into the store again. */
export async function carrying(rounds: number): Promise<Row[]> {
  const stored = openSqliteStore(':memory:');
  const store = inProcess(() => stored);
  const turns = longConversation({ turns: 1_000, characters });
  await store.write(turns.flatMap((turn, at) => appended('long', turn, turns[at - 1]?.id ?? null)));
  const birth = { newId: randomUUID, now: Date.now };
  const taken = async (): Promise<CarriedConversation> => {
    const [conversation, records] = await Promise.all([store.load('long'), store.loadTurns('long')]);
    if (!conversation) throw new Error('The conversation is not there.');
    return withoutKeys(withCountedTurns(carriedFrom(conversation, records, conversation.turns)), [
      'sk-a-key-to-be-found',
    ]);
  };
  const kept = async (read: ReturnType<typeof parseMarkdown>): Promise<void> => {
    if (!read.ok) throw new Error(`The file could not be read: ${read.problem}`);
    await storeCarried(read.conversation, store, randomUUID);
  };
  const markdown = toMarkdown(await taken());
  const json = toJson(await taken());
  const ways: [what: string, work: () => Promise<unknown>][] = [
    ['Markdown', async () => toMarkdown(await taken())],
    ['JSON', async () => toJson(await taken())],
    ['a page', async () => conversationPage(await taken(), { t: text => text, language: 'en' })],
  ];
  const rows: Row[] = [];
  for (const [what, work] of ways) {
    rows.push({ what: `5 MB written as ${what}, CPU`, measured: ms(await medianOf(rounds, work)) });
  }
  rows.push(
    {
      what: '5 MB read from Markdown and stored, CPU',
      measured: ms(await medianOf(rounds, () => kept(parseMarkdown(markdown, birth)))),
    },
    {
      what: '5 MB read from JSON and stored, CPU',
      measured: ms(await medianOf(rounds, () => kept(parseJsonConversation(json)))),
    },
  );
  await store.close();
  return rows;
}

/** Milliseconds of processor, which other work beside it does not change. */
async function medianOf(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    if (round > 0) times.push((user + system) / 1_000);
  }
  return median(times);
}
