import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriedFrom, shownTurns, withCountedTurns } from '../../../src/core/carry/carried.ts';
import { fileNameFrom } from '../../../src/core/carry/fileName.ts';
import { toJson } from '../../../src/core/carry/json.ts';
import { toMarkdown } from '../../../src/core/carry/markdown.ts';
import { parseMarkdown } from '../../../src/core/carry/parseMarkdown.ts';
import { withPlaces } from '../../../src/core/carry/places.ts';
import { storeCarried } from '../../../src/core/carry/storeCarried.ts';
import { withoutKeys } from '../../../src/core/carry/withoutKeys.ts';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { answer, conversationOf, question } from '../../support/carried.ts';
import { answerWith, setUp, summary, turn } from '../../support/session.ts';

type SetUp = ReturnType<typeof setUp>;

function carried({ session, store }: SetUp) {
  return carriedFrom(store.load('c') ?? assert.fail(), store.loadTurns('c'), session.branch.turns);
}

test('a conversation with versions goes into a file and comes back with all of them', async () => {
  const all = setUp(answerWith('one'), answerWith('two'), answerWith('other'), answerWith('third'));
  const { session, store, ports } = all;
  await session.send(turn('first'));
  await session.send(turn('second'));
  await session.rewriting.question('turn first', 'changed');
  await session.again.retry(session.conversation.turns[1]?.id ?? '');
  session.unsent.parameters = { temperature: 0.5 };

  const text = toMarkdown(withCountedTurns(carried(all)));
  const read = parseMarkdown(text, { newId: () => assert.fail(), now: () => assert.fail() });
  assert.ok(read.ok);
  let ids = 0;
  const newId = (): string => `imported ${++ids}`;
  const id = await storeCarried(read.conversation, ports.store, newId);
  const reopened = new ChatSession(store.load(id) ?? assert.fail(), ports);
  assert.equal(reopened.conversation.title, 'first');
  assert.deepEqual(reopened.conversation.parameters, { temperature: 0.5 });
  assert.deepEqual(reopened.conversation.turns.map(summary), ['user changed', 'assistant complete third']);
  assert.deepEqual(
    Object.values(reopened.conversation.siblings).map(({ count }) => count),
    [2, 2],
  );
  const [shown] = reopened.conversation.turns;
  const first = reopened.conversation.siblings[shown?.id ?? '']?.previousId ?? '';
  assert.ok(await reopened.branch.switchTo(first));
  assert.deepEqual(reopened.conversation.turns.map(summary), [
    'user first',
    'assistant complete one',
    'user second',
    'assistant complete two',
  ]);
  assert.ok(await reopened.branch.switchTo(shown?.id ?? ''));

  const again = carriedFrom(store.load(id) ?? assert.fail(), store.loadTurns(id), reopened.branch.turns);
  assert.equal(toMarkdown(withCountedTurns(again)), text);
  const other = await storeCarried(read.conversation, ports.store, newId);
  assert.notEqual(other, id);
  assert.equal(store.loadTurns(other).length, 7);
  assert.equal(store.loadTurns('c').length, 7);
});

test('what was deleted stays behind, and what followed it follows the turn before it', async () => {
  const all = setUp(answerWith('one'), answerWith('two'), answerWith('three'));
  const { session } = all;
  await session.send(turn('first'));
  await session.send(turn('secret'));
  await session.send(turn('third'));
  await session.deleteTurn('turn secret');
  const conversation = carried(all);
  assert.doesNotMatch(toJson(conversation) + toMarkdown(conversation), /secret|two/);
  assert.deepEqual(
    shownTurns(conversation)
      .map(({ record }) => record.id)
      .slice(0, 1),
    ['turn first'],
  );
  assert.equal(conversation.turns.length, 4);
  assert.equal(shownTurns(conversation).length, 4);
});

test('a key is nowhere in an export, also where an endpoint has quoted it', () => {
  const key = 'demo-key-0123456789';
  const quoted = `invalid x-api-key: ${key}, and sk-ant-api03-abcdefghijklmnop was tried`;
  const conversation = withoutKeys(
    conversationOf(
      question('1', `Is ${key} mine? sk-ant-example-in-docs`),
      answer('2', `It is ${key}.`, {
        state: { phase: 'failed', problem: { kind: 'authentication', detail: quoted, requestId: key } },
      }),
    ),
    [key, ''],
  );
  for (const text of [toMarkdown(conversation), toJson(conversation)]) {
    assert.equal(text.includes(key), false);
    assert.equal(text.includes('api03'), false);
    assert.match(text, /sk-ant-example-in-docs/);
  }
});

test('the addresses of places are another machine’s', () => {
  const excerpt = { path: 'a.ts', uri: 'file:///home/me/a.ts', languageId: 'ts', startLine: 1, endLine: 1, code: '' };
  const content = [{ type: 'other', raw: { path: 'a', uri: 'kept' } } as const];
  const conversation = conversationOf(question('1', 'x', { excerpts: [excerpt] }), answer('2', '', { content }));
  const moved = withPlaces(conversation, ({ path, uri }) => `${path} was ${uri}`);
  assert.deepEqual(
    moved,
    conversationOf(
      question('1', 'x', { excerpts: [{ ...excerpt, uri: 'a.ts was file:///home/me/a.ts' }] }),
      answer('2', '', { content }),
    ),
  );
});

test('a title becomes a name that every file system takes', () => {
  const cases: [title: string, name: string][] = [
    ['Explain src/orders.ts', 'Explain-src-orders.ts'],
    ['What is "a < b"?', 'What-is-a-b'],
    ['../../etc/passwd', 'etc-passwd'],
    ['  ', 'conversation'],
    ['CON', 'chat-CON'],
    ['注文を説明して', '注文を説明して'],
    ['👩‍👩‍👧'.repeat(70), '👩‍👩‍👧'.repeat(60)],
    ['line\none\u0000', 'line-one'],
    ['A long title that was cut…', 'A-long-title-that-was-cut'],
  ];
  for (const [title, name] of cases) assert.equal(fileNameFrom(title), name);
});
