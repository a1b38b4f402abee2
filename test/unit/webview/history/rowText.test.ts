import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { headingsOf, timeText } from '../../../../src/webview/history/rowText.ts';
import { setLanguage } from '../../../../src/webview/ui/language.ts';

const now = new Date(2026, 2, 29, 12).getTime();
const at = (day: number, hour: number, isPinned = false) => ({
  updatedAt: new Date(2026, 2, day, hour).getTime(),
  isPinned,
});

/** The commas are another matter in another version of the dates' data. */
const fullDate = (day: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(new Date(2026, 2, day));

describe('in British English', () => {
  before(() => setLanguage('en-GB'));
  after(() => setLanguage('en'));

  test('the first of each day has its heading, the pinned ones have one together', () => {
    const rows = [at(1, 9, true), at(29, 9, true), at(29, 11), at(29, 0), at(28, 23), at(28, 1), at(27, 5), at(26, 5)];
    assert.deepEqual(headingsOf(rows, now), [
      'Pinned',
      undefined,
      'Today',
      undefined,
      'Yesterday',
      undefined,
      fullDate(27),
      fullDate(26),
    ]);
  });

  test('what a clock that was set back has stored belongs to today', () => {
    assert.deepEqual(headingsOf([at(30, 9), at(29, 9)], now), ['Today', undefined]);
  });

  test('the time is enough where the day stands above', () => {
    assert.equal(timeText(at(27, 14), true), '14:00');
    assert.equal(timeText(at(27, 14), false), '27 Mar 2026, 14:00');
    assert.equal(timeText(at(27, 14, true), true), '27 Mar 2026, 14:00');
  });
});
