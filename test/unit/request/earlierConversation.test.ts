import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlierConversation } from '../../../src/core/request/earlierConversation.ts';
import type { AnswerRecord } from '../../../src/core/conversation/turns.ts';
import { turn } from '../../support/session.ts';
import { answered, declined, failed } from '../../support/turns.ts';

const saying = (text: string, more: Partial<AnswerRecord> = {}): AnswerRecord => ({
  ...answered,
  content: [{ type: 'text', text }],
  ...more,
});

test('an earlier conversation goes along as it is read', () => {
  assert.deepEqual(earlierConversation('Colours', [turn('Which colour?'), answered]), {
    text: '# Colours\n\n## You\n\nWhich colour?\n\n## m\n\nGreen.\n',
    turns: 2,
    of: 2,
  });
});

test('what was blocked, kept without a verdict, declined or has failed stays behind', () => {
  const blocked = saying('Kept back', { check: { state: 'blocked', by: 'check', reason: 'no' } });
  const unchecked = saying('Nobody has looked', {
    check: { state: 'failed', by: 'check', failure: 'timeout', detail: '' },
  });
  const turns = [
    ...[turn('One'), blocked],
    ...[turn('Two'), unchecked],
    ...[turn('Three'), declined],
    ...[turn('Four'), failed],
    ...[turn('Five'), answered],
  ];
  const { text, turns: kept, of } = earlierConversation('All', turns) ?? {};
  assert.equal(text, '# All\n\n## You\n\nTwo\n\n## You\n\nFive\n\n## m\n\nGreen.\n');
  assert.deepEqual([kept, of], [3, 10]);
});

test('of a very long one the end goes along, and the last turn in any case', () => {
  const long = 'x'.repeat(150_000);
  const turns = [turn('First'), saying(long), turn('Second'), saying(long), turn('Third'), saying(long)];
  const some = earlierConversation('Long', turns);
  assert.equal(some?.turns, 4);
  assert.match(some.text, /^# Long\n\n## You\n\nSecond\n/);
  assert.equal(earlierConversation('Longer', [turn('First'), saying(long.repeat(3))])?.turns, 1);
  assert.equal(earlierConversation('Nothing', []), undefined);
});
