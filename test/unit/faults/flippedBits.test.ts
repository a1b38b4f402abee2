import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { irregular } from '../../../harness/endpoint/random.ts';
import { salvageConversations } from '../../../src/core/store/salvageConversations.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended, type StoreChange } from '../../../src/core/conversation/store.ts';
import { openOrSetAside } from '../../../src/core/storage/openOrSetAside.ts';
import { allFound } from '../../support/allFound.ts';
import { turn } from '../../support/session.ts';

const copies = Number(process.env['MARGINALIA_FLIPS'] ?? 60);
const conversations = 12;
const turnsOfEach = 6;

describe('of a file with flipped bits all is read that was stored, or it is said that something is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-flipped-'));
  const path = join(folder, 'conversations.sqlite');
  let whole: Buffer;
  before(() => {
    store(path);
    whole = readFileSync(path);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (let seed = 1; seed <= copies; seed++) {
    test(`copy ${seed}`, () => {
      const random = irregular(`flipped ${seed}`);
      const bytes = Buffer.from(whole);
      const flips = 1 + Math.floor(random() * 8);
      for (let flip = 0; flip < flips; flip++) {
        const at = Math.floor(random() * bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      const copy = join(folder, `${seed}.sqlite`);
      writeFileSync(copy, bytes);
      check(copy);
    });
  }
});

function check(path: string): void {
  const said: unknown[] = [];
  const { opened, trouble } = openOrSetAside(
    path,
    file => openSqliteStore(file, error => said.push(error)),
    salvageConversations,
  );
  try {
    const listed = opened.history.list({ shelf: 'current', limit: 1_000 });
    allFound(opened.history, 'conversation', 1_000);
    while (opened.history.catchUp());
    allFound(opened.history, 'number 3 of', 1_000);
    opened.sentTexts(10);
    const ids = new Set([...listed.map(({ id }) => id), ...Array.from({ length: conversations }, (_, at) => `c${at}`)]);
    const read = [...ids].map(id => {
      opened.loadTurns(id);
      opened.loadTaken(id);
      return opened.load(id);
    });
    const isSaid = trouble !== undefined || said.length > 0 || read.some(one => one?.isDamaged);
    if (isSaid) return;
    assert.equal(listed.length, conversations);
    for (const one of read) assert.equal(one?.turns.length, turnsOfEach, `${one?.id} has come back short`);
  } finally {
    opened.close();
  }
}

function store(path: string): void {
  const opened = openSqliteStore(path);
  const changes: StoreChange[] = [];
  for (let number = 0; number < conversations; number++) {
    for (let at = 0; at < turnsOfEach; at++) {
      const text = `number ${number} of a conversation, turn ${at}. `.repeat(1 + ((number * at) % 60));
      const id = `t${number}-${at}`;
      changes.push(...appended(`c${number}`, { ...turn(text), id }, at === 0 ? null : `t${number}-${at - 1}`));
    }
    changes.push({ type: 'set', conversationId: `c${number}`, parts: { title: `Title ${number}` } });
  }
  opened.write(changes);
  opened.close();
}
