import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adjustmentText } from '../../../src/shared/adjustmentText.ts';

const t = (text: string, ...values: (string | number)[]): string =>
  text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));

test('an adjustment says what was done to which field, and why', () => {
  assert.equal(
    adjustmentText({ field: 'top_p', change: 'leftOut', reason: 'notWithTemperature' }, t),
    'top_p was left out: this model takes it only without temperature.',
  );
  assert.equal(
    adjustmentText({ field: 'max_tokens', change: 'changed', reason: 'aboveMaximum', sent: 64000 }, t),
    'max_tokens was sent as 64000: that is the most it takes.',
  );
});
