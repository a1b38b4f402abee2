import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonConversation, toJson } from '../../../src/core/carry/json.ts';
import { parseTurn } from '../../../src/core/conversation/parseTurn.ts';
import { answer, conversationOf, question, RandomConversations } from '../../support/carried.ts';

test('500 conversations of every shape come back as they were', () => {
  const conversations = new RandomConversations(7);
  for (let count = 0; count < 500; count++) {
    const conversation = conversations.next();
    const written = toJson(conversation);
    const read = parseJsonConversation(`\ufeff${written}`);
    assert.deepEqual(read, { ok: true, conversation, notes: [] });
    assert.equal(read.ok && toJson(read.conversation), written);
  }
});

test('what is no conversation is refused with the place of what is wrong', () => {
  const whole = JSON.parse(toJson(conversationOf(question('1', 'q'), answer('2', 'a')))) as {
    conversation: { turns: object[] };
  };
  const { turns } = whole.conversation;
  const withTurns = (...changed: object[]): string =>
    JSON.stringify({ ...whole, conversation: { ...whole.conversation, turns: changed } });
  const cases: [text: string, refused: object][] = [
    ['{\n  "format": 1,\n  oops', { problem: 'notJson', line: 3 }],
    ['', { problem: 'notJson' }],
    ['[]', { problem: 'notAConversation' }],
    ['{"conversation":{"turns":[]}}', { problem: 'notAConversation' }],
    [JSON.stringify({ ...whole, version: 2 }), { problem: 'newerVersion' }],
    [withTurns(), { problem: 'noTurns' }],
    [withTurns(turns[0] ?? {}, {}), { problem: 'badTurn', turn: 2 }],
    [withTurns(turns[0] ?? {}, turns[0] ?? {}), { problem: 'badTurn', turn: 2 }],
    [withTurns(...turns.toReversed()), { problem: 'badParent', turn: 1 }],
  ];
  for (const [text, refused] of cases) assert.deepEqual(parseJsonConversation(text), { ok: false, ...refused }, text);
});

test('a turn that the chat could not show is none', () => {
  const problem = { kind: 'overloaded', detail: '' };
  const right = [
    question('1', ''),
    answer('2', '', { state: { phase: 'failed', problem: { kind: 'overloaded', detail: '' } } }),
  ];
  right.push({
    ...answer('2', ''),
    content: [{ type: 'text', text: '', citations: [{ type: 'page_location', page: 1 }] }],
  });
  for (const turn of right) assert.deepEqual(parseTurn(turn), turn);
  const wrong: unknown[] = [
    undefined,
    [],
    { ...question('1', ''), excerpts: [{ path: 'x' }] },
    { ...question('1', ''), intent: 'other' },
    { ...question('1', ''), startsOver: 'yes' },
    { ...question('1', ''), attachments: [{ id: 'i', kind: 'image', name: 'x' }] },
    { ...question('1', ''), attachments: [{ id: 'i', kind: 'toString', name: 'x' }] },
    { ...question('1', ''), createdAt: '1' },
    { ...answer('2', ''), content: [{ type: 'text' }] },
    { ...answer('2', ''), content: [{ type: 'image' }] },
    { ...answer('2', ''), content: [{ type: 'text', text: '', citations: [{ page: 1 }] }] },
    { ...answer('2', ''), state: { phase: 'constructor' } },
    { ...answer('2', ''), state: { phase: 'failed', problem: { ...problem, kind: 'unheard' } } },
    { ...answer('2', ''), findings: [{ title: 'x' }] },
    { ...answer('2', ''), calls: [{ index: 0, state: 'done' }] },
    { ...answer('2', ''), calls: [{ index: 0, state: 'flying', line: { action: 'view', subject: '' } }] },
    { ...answer('2', ''), role: 'system' },
  ];
  for (const turn of wrong) assert.equal(parseTurn(turn), undefined, JSON.stringify(turn));
});

test('a diff from before changes had hunks is read as one of one hunk', () => {
  const line = { action: 'replace', subject: 'a.ts' };
  const lines = [{ kind: 'added', text: 'new' }];
  const diff = { path: 'a.ts', isNew: false, startLine: 2, lines, unshown: 0 };
  const turn = parseTurn({ ...answer('2', ''), calls: [{ index: 0, state: 'done', line, diff }] });
  const [call] = turn?.role === 'assistant' ? (turn.calls ?? []) : [];
  assert.deepEqual(call?.diff, { path: 'a.ts', isNew: false, unshown: 0, hunks: [{ startLine: 2, lines }] });
});
