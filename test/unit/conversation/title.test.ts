import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titleFrom } from '../../../src/core/conversation/title.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import { imageOf } from '../../support/imageOf.ts';
import { turn } from '../../support/session.ts';

const titled = (text: string, more: Partial<UserTurn> = {}): string => titleFrom({ ...turn(text), ...more });

const excerptOf = (path: string) => ({ path, uri: '', languageId: 'typescript', startLine: 1, endLine: 2, code: '' });
const family = '👩‍👩‍👧';
const japanese =
  '昨日の会話を要約し、決まったことを担当者ごとに箇条書きにしてください。期限も付けてもらえますか。'.repeat(3);

test('a title is the first line that says something', () => {
  const titles: [text: string, title: string][] = [
    ['\n\n  Which tea?\nAnd why?', 'Which tea?'],
    ['注文を処理する関数は?', '注文を処理する関数は?'],
    ['如何删除会话?\r\n谢谢', '如何删除会话?'],
    ['```ts\nfunction sum() {}\n```', 'function sum() {}'],
    ['~~~\n\n  a\tb\n~~~', 'a b'],
    ['## > Heading\ntext', 'Heading'],
    ['#include <stdio.h>', '#include <stdio.h>'],
    ['`code` first', '`code` first'],
    ['```inline``` code', '```inline``` code'],
    ['```', ''],
    ['', ''],
  ];
  for (const [text, title] of titles) assert.equal(titled(text), title);
});

test('a prompt is titled as it was called, code by its place, and what has no words by what goes along', () => {
  assert.equal(titled('All of the prompt', { call: '/tests short' }), '/tests short');
  assert.equal(titled('Explain this.', { excerpts: [excerptOf('src/a.ts')] }), 'Explain this. src/a.ts');
  assert.equal(titled('These?', { excerpts: [excerptOf('a.ts'), excerptOf('b.ts')] }), 'These?');
  assert.equal(titled('', { excerpts: [excerptOf('a.ts'), excerptOf('b.ts')] }), 'a.ts');
  assert.equal(titled(' ', { attachments: [{ ...imageOf('i'), name: 'screen.png' }] }), 'screen.png');
});

test('a long title is cut between words, and never within a character', () => {
  assert.equal(titled('word '.repeat(20)), `${'word '.repeat(11)}word…`);
  assert.equal(titled(`ab ${'x'.repeat(80)}`), `ab ${'x'.repeat(57)}…`);
  assert.equal(titled(japanese), `${japanese.slice(0, 60)}…`);
  assert.equal(titled(family.repeat(80)), `${family.repeat(60)}…`);
  assert.equal(titled(family.repeat(60)), family.repeat(60));
  const accents = `x${'\u0301'.repeat(3_998)}😀`;
  assert.ok(titled(accents).isWellFormed());
});

test('of a megabyte in one line only the beginning is looked at', t => {
  const segment = t.mock.method(Intl.Segmenter.prototype, 'segment');
  assert.equal(titled('あ'.repeat(1_000_000)), `${'あ'.repeat(60)}…`);
  assert.equal(segment.mock.callCount(), 1);
  assert.ok(String(segment.mock.calls[0]?.arguments[0]).length < 10_000);
});
