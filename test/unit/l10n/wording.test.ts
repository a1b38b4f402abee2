import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Wording } from '../../../harness/drive/wording.ts';

const wording = new Wording('zh-cn');

const said: [english: string, chinese: string][] = [
  ['Send', '发送'],
  ['Marginalia: New Conversation', `Marginalia: ${wording.say('New Conversation')}`],
  ['Version 2 of 3', wording.say('Version {0} of {1}').replace('{0}', '2').replace('{1}', '3')],
  ['Which of them', 'Which of them'],
];

for (const [english, chinese] of said) {
  test(`“${english}” is looked for as “${chinese}”`, () => assert.equal(wording.say(english), chinese));
}

test('a pattern fits what its texts are in the other language', () => {
  const retrying = wording.say('Retrying in {0} s ({1} of {2})').replace(/\{\d\}/g, '3');
  assert.match(retrying, wording.pattern(/Retrying/));
  assert.doesNotMatch(wording.say('Send'), wording.pattern(/Retrying/));
  assert.match(wording.say('Remove {0}').replace('{0}', 'orders.ts:1'), wording.pattern(/^Remove orders/));
});

test('English of ours is found among what is shown, and nothing else', () => {
  const shown = ['Send', '发送', 'Version 2 of 3', 'Compare tea and coffee', 'claude-sonnet-4-5', 'Tokens: 12'];
  assert.deepEqual(wording.englishAmong(shown), ['Send', 'Version 2 of 3', 'Tokens: 12']);
});
