import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HistorySearch } from '../../../src/core/history/historySearch.ts';
import type { ConversationHit } from '../../../src/shared/storedConversations.ts';

const hit = (id: string, snippet = `about ${id} tea`): ConversationHit => ({
  id,
  title: `Title ${id}`,
  updatedAt: 0,
  isPinned: false,
  isArchived: false,
  snippet,
});

/** A search whose steps a test gives one by one. */
function setUp(catchUp: () => Promise<boolean> = () => Promise.resolve(false)) {
  const reports: string[] = [];
  const asked: string[] = [];
  let now = 0;
  const steps: ((hits: ConversationHit[] | undefined) => void)[] = [];
  const search = new HistorySearch({
    history: {
      catchUp,
      search: async function* (query) {
        asked.push(query);
        for (;;) {
          const hits = await new Promise<ConversationHit[] | undefined>(resolve => steps.push(resolve));
          if (!hits) return;
          yield hits;
        }
      },
    },
    report: ({ searchId, found, isDone }) => {
      reports.push(`${searchId}: ${found.map(({ id }) => id).join(' ')}${isDone ? '.' : ''}`);
    },
    clock: () => now,
  });
  const give = async (...hits: ConversationHit[]): Promise<void> => {
    steps.shift()?.(hits);
    await settled();
  };
  const end = async (): Promise<void> => {
    steps.shift()?.(undefined);
    await settled();
  };
  return { search, reports, asked, give, end, wait: (ms: number) => void (now += ms) };
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('what is found is reported as it comes, not too often, and all of it in the end', async () => {
  const { search, reports, give, end, wait } = setUp();
  const done = search.start({ searchId: 1, query: 'tea' });
  await settled();
  await give();
  await give(hit('a'));
  await give(hit('a'), hit('b'));
  wait(60);
  await give(hit('a'), hit('b'), hit('c'));
  await give(hit('a'), hit('b'), hit('c'));
  await end();
  await done;
  assert.deepEqual(reports, ['1: a', '1: a b c', '1: a b c.']);
});

test('a later search is the only one that is reported, and an empty one ends it', async () => {
  const { search, reports, asked, give, end } = setUp();
  const first = search.start({ searchId: 1, query: 'te' });
  await settled();
  const second = search.start({ searchId: 2, query: 'tea' });
  await settled();
  await give(hit('old'));
  await give(hit('new'));
  await end();
  await Promise.all([first, second]);
  await search.start({ searchId: 3, query: '  ' });
  assert.deepEqual(asked, ['te', 'tea']);
  assert.deepEqual(reports, ['2: new', '2: new.', '3: .']);
});

test('a search that fails is over, with what it has found', async () => {
  const reports: unknown[] = [];
  const search = new HistorySearch({
    history: {
      catchUp: () => Promise.resolve(false),
      search: async function* () {
        yield await Promise.resolve([hit('a')]);
        throw new Error('The disk is gone.');
      },
    },
    report: report => reports.push({ ...report, found: report.found.length }),
    clock: () => 0,
  });
  await assert.rejects(search.start({ searchId: 1, query: 'tea' }), { message: 'The disk is gone.' });
  assert.deepEqual(reports.at(-1), { searchId: 1, found: 1, isDone: true });
});

test('what was stored without an index is put into it while the history is open, and is found then', async () => {
  const left = [true, true, false];
  const { search, reports, asked, give, end } = setUp(async () => {
    await settled();
    return left.shift() ?? false;
  });
  const opened = search.open();
  void search.start({ searchId: 1, query: 'tea' });
  await settled();
  await give();
  await end();
  await settled();
  await settled();
  await give(hit('late'));
  await end();
  await opened;
  assert.deepEqual(asked, ['tea', 'tea']);
  assert.deepEqual(reports.at(-1), '1: late.');
});

test('once the history is closed nothing more is put into the index', async () => {
  let calls = 0;
  const { search } = setUp(async () => {
    calls++;
    await settled();
    return true;
  });
  const opened = search.open();
  await settled();
  search.close();
  await opened;
  const before = calls;
  await settled();
  assert.equal(calls, before);
});
