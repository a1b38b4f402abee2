import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { irregular } from '../../../harness/endpoint/random.ts';
import { salvageConversations } from '../../../src/core/store/salvageConversations.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended, type StoreChange } from '../../../src/core/conversation/store.ts';
import { markDamaged } from '../../../src/core/storage/damage.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import { openOrSetAside } from '../../../src/core/storage/openOrSetAside.ts';
import { allFound } from '../../support/allFound.ts';
import { imageOf } from '../../support/imageOf.ts';
import { overwritePage, pageBytes } from '../../support/overwritePage.ts';
import { turn } from '../../support/session.ts';

const conversations = 60;
const turnsOfEach = 6;

/** Written once: each test damages a copy. */
const whole = mkdtempSync(join(tmpdir(), 'marginalia-damage-'));
after(() => rmSync(whole, { recursive: true }));
writeConversations(join(whole, 'conversations.sqlite'));

for (let seed = 1; seed <= 5; seed++) {
  test(`what lies beside lost pages is salvaged (seed ${seed})`, t => {
    const path = storedFile(t);
    const random = irregular(String(seed));
    const pages = Math.floor(statSync(path).size / pageBytes);
    for (let lost = 0; lost < 4; lost++) overwritePage(path, 2 + Math.floor(random() * (pages - 2)));
    const damaged = readFileSync(path);
    const { opened, trouble } = openOrSetAside(path, openSqliteStore, salvageConversations);
    t.after(() => opened.close());
    if (!trouble)
      return assert.equal(turnsIn(opened), conversations * turnsOfEach, 'only the texts to search were hit');
    assert.ok(trouble.kind === 'setAside');
    assert.match(trouble.path, /\.damaged-\d{4}-\d\d-\d\d/);
    // Opening it counts in its header.
    const kept = readFileSync(trouble.path).subarray(pageBytes);
    assert.ok(kept.equals(damaged.subarray(pageBytes)), 'the damaged file is as it was');
    // A lost inner page takes all that hangs on it.
    assert.ok(turnsIn(opened) >= (conversations * turnsOfEach) / 3, `only ${turnsIn(opened)} turns were salvaged`);
    opened.write(
      appended('new', { id: 'n', role: 'user', createdAt: 1, intent: 'chat', text: 'on', excerpts: [] }, null),
    );
    assert.equal(opened.load('new')?.turns.length, 1);
  });
}

test('without its first page a file is set aside and a new one begun', t => {
  const path = storedFile(t);
  overwritePage(path, 1);
  const { opened, trouble } = openOrSetAside(path, openSqliteStore, salvageConversations);
  t.after(() => opened.close());
  assert.ok(trouble?.kind === 'setAside' && trouble.salvaged === 0);
  assert.ok(existsSync(trouble.path));
  assert.equal(turnsIn(opened), 0);
});

test('damage that is found later is dealt with at the next start, and once', t => {
  const path = storedFile(t);
  markDamaged(path);
  const first = openOrSetAside(path, openSqliteStore, salvageConversations);
  assert.ok(first.trouble?.kind === 'setAside');
  assert.equal(first.trouble.salvaged, conversations);
  assert.equal(turnsIn(first.opened), conversations * turnsOfEach);
  while (first.opened.history.catchUp());
  assert.equal(allFound(first.opened.history, '“number 31 of”', 100).length, 1);
  first.opened.close();
  const second = openOrSetAside(path, openSqliteStore, salvageConversations);
  assert.equal(second.trouble, undefined);
  second.opened.close();
  assert.equal(readdirSync(join(path, '..')).filter(name => /\.damaged-.*Z$/.test(name)).length, 1);
});

test('what is attached is salvaged with its turns', t => {
  const path = storedFile(t);
  const store = openSqliteStore(path);
  const asked = { ...turn('with an image'), attachments: [imageOf('an image')] };
  store.write(appended('with an image', asked, null));
  store.close();
  markDamaged(path);
  const { opened, trouble } = openOrSetAside(path, openSqliteStore, salvageConversations);
  t.after(() => opened.close());
  assert.equal(trouble?.kind, 'setAside');
  assert.partialDeepStrictEqual(opened.load('with an image'), { turns: [asked] });
});

test('where the folder cannot be made, conversations last as long as the window', t => {
  const path = join(storedFile(t), 'in a file', 'conversations.sqlite');
  const { opened, trouble } = openOrSetAside(path, openSqliteStore, salvageConversations);
  t.after(() => opened.close());
  assert.equal(trouble?.kind, 'inMemory');
  opened.write([{ type: 'set', conversationId: 'c', parts: { draft: 'half' } }]);
  assert.equal(opened.load('c')?.draft, 'half');
});

function storedFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-damage-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'conversations.sqlite');
  copyFileSync(join(whole, 'conversations.sqlite'), path);
  return path;
}

function writeConversations(path: string): void {
  const store = openSqliteStore(path);
  const changes: StoreChange[] = [];
  for (let number = 0; number < conversations; number++) {
    for (let at = 0; at < turnsOfEach; at++) {
      const text = `number ${number} of a conversation, turn ${at}. `.repeat(10 + ((number * at) % 90));
      const id = `t${number}-${at}`;
      const turn: UserTurn = { id, role: 'user', createdAt: at, intent: 'chat', text, excerpts: [] };
      changes.push(...appended(`c${number}`, turn, at === 0 ? null : `t${number}-${at - 1}`));
    }
  }
  store.write(changes);
  store.close();
}

function turnsIn(store: ReturnType<typeof openSqliteStore>): number {
  const ids = Array.from({ length: conversations }, (_, number) => `c${number}`);
  return ids.reduce((sum, id) => sum + store.loadTurns(id).length, 0);
}
