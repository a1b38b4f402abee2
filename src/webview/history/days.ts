/** How a list of conversations is divided: today, yesterday, then by date. */
export type Day = { kind: 'today' } | { kind: 'yesterday' } | { kind: 'date'; at: number };

/** The day of a moment, by the local calendar; both in milliseconds since the epoch. */
export function dayOf(at: number, now: number): Day {
  const days = calendarDay(now) - calendarDay(at);
  if (days <= 0) return { kind: 'today' };
  return days === 1 ? { kind: 'yesterday' } : { kind: 'date', at };
}

/** Days since the epoch of the local date; a day that daylight saving makes shorter counts as one. */
function calendarDay(at: number): number {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
