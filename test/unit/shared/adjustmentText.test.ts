import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Adjustment } from '../../../src/shared/adjustment.ts';
import { adjustmentText } from '../../../src/shared/adjustmentText.ts';

const t = (text: string, ...values: (string | number)[]): string =>
  text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));

const cases: [adjustment: Adjustment, text: string][] = [
  [
    { field: 'top_p', change: 'leftOut', reason: 'notWithTemperature' },
    'top_p was left out: this model takes it only without temperature.',
  ],
  [
    { field: 'max_tokens', change: 'changed', reason: 'aboveMaximum', sent: 64000 },
    'max_tokens was sent as 64000: that is the most it takes.',
  ],
  // What is sent is a list, and a number would be read as its only entry.
  [
    { field: 'stop_sequences', change: 'changed', reason: 'tooMany', sent: 4 },
    'Only the first four stop sequences were sent: the endpoint takes no more.',
  ],
  [
    { field: 'stop_sequences', change: 'changed', reason: 'blank', sent: 1 },
    'Blank stop sequences were left out: each needs a character that is not white space.',
  ],
  [
    { field: 'thinking.budget_tokens', change: 'changed', reason: 'thinkingForm', sent: 4096 },
    'thinking was sent with a budget of 4096 tokens: this model takes no other form.',
  ],
  // One that was cut to fit is not the most that the field takes.
  ...(['aboveMaximum', 'belowMinimum'] as const).map((reason): [Adjustment, string] => [
    { field: 'thinking.budget_tokens', change: 'changed', reason, sent: 1024 },
    'thinking.budget_tokens was sent as 1024: a budget has at least 1024 tokens, and fewer than max_tokens.',
  ]),
  [
    { field: 'thinking', change: 'leftOut', reason: 'belowMinimum' },
    'thinking was left out: a budget has at least 1024 tokens, and fewer than max_tokens.',
  ],
];

test('an adjustment says what was done to which field, and why', () => {
  for (const [adjustment, text] of cases) assert.equal(adjustmentText(adjustment, t), text);
});
