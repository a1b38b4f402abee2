import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, isDay, isTimeZone, plusDays, plusMonths, startOfDay } from '../../../src/core/usage/localDays.ts';

const hourMs = 3_600_000;

test('a day begins at its own midnight, also where the clocks change on it', () => {
  const table: [day: string, timeZone: string, start: string, hours: number][] = [
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00Z', 24],
    ['2026-11-23', 'Asia/Tokyo', '2026-11-22T15:00:00Z', 24],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', 25],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z', 23],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z', 25],
    // Half an hour, and a zone that is a day ahead.
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00Z', 24.5],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00Z', 24],
    // Midnight itself is left out, and the day begins at one o’clock.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', 23],
    // At midnight the clocks go back, into the day before.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z', 24],
    ['2018-02-17', 'America/Sao_Paulo', '2018-02-17T02:00:00Z', 25],
  ];
  for (const [day, timeZone, start, hours] of table) {
    const from = startOfDay(day, timeZone);
    assert.equal(new Date(from).toISOString().replace('.000', ''), start, `${day} in ${timeZone}`);
    assert.equal((startOfDay(plusDays(day, 1), timeZone) - from) / hourMs, hours, `${day} in ${timeZone}`);
    assert.deepEqual([dayOf(from, timeZone), dayOf(from - 1, timeZone)], [day, plusDays(day, -1)]);
  }
});

test('every moment of two years lies in the day that its zone’s calendar says', () => {
  for (const timeZone of ['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Africa/Cairo']) {
    // To make one takes longer than all else.
    const calendar = new Intl.DateTimeFormat('sv', { timeZone });
    for (let moment = Date.UTC(2018, 0, 1); moment < Date.UTC(2020, 0, 1); moment += 7 * hourMs) {
      const day = dayOf(moment, timeZone);
      assert.equal(calendar.format(moment), day);
      assert.ok(startOfDay(day, timeZone) <= moment && moment < startOfDay(plusDays(day, 1), timeZone), day);
    }
  }
});

test('days and months are counted over the ends of years', () => {
  assert.deepEqual([plusDays('2024-02-28', 1), plusDays('2025-12-31', 1)], ['2024-02-29', '2026-01-01']);
  assert.deepEqual([plusMonths('2026-01-31', -11), plusMonths('2026-12-05', 1)], ['2025-02-01', '2027-01-01']);
});

test('what is no day and no time zone is seen', () => {
  assert.deepEqual(['2026-02-29', '2026-13-01', '', '1969-12-31', 'today', '2024-02-29'].filter(isDay), ['2024-02-29']);
  assert.deepEqual(['Europe/Berlin', 'Mars/Olympus', ''].map(isTimeZone), [true, false, false]);
});
