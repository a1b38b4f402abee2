import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { dayOf } from './days.ts';

interface Dated {
  updatedAt: number;
  isPinned: boolean;
}

/** The heading that a conversation stands under in its list. */
export function headingOf({ updatedAt, isPinned }: Dated, now: number): string {
  if (isPinned) return t('Pinned');
  const day = dayOf(updatedAt, now);
  switch (day.kind) {
    case 'today':
      return t('Today');
    case 'yesterday':
      return t('Yesterday');
    case 'date':
      return new Intl.DateTimeFormat(language(), { dateStyle: 'full' }).format(day.at);
  }
}

/** For each row of a list its heading where it is the first under that, else undefined. */
export function headingsOf(rows: readonly Dated[], now: number): (string | undefined)[] {
  let day = '';
  let heading = '';
  return rows.map(row => {
    // Writing a date takes a hundred times as long as comparing it.
    const rowDay = row.isPinned ? 'pinned' : new Date(row.updatedAt).toDateString();
    if (rowDay === day) return undefined;
    day = rowDay;
    const before = heading;
    heading = headingOf(row, now);
    return heading === before ? undefined : heading;
  });
}

/** When it was last changed: the time of its day, where a heading says which that is. */
export function timeText({ updatedAt, isPinned }: Dated, isUnderDay: boolean): string {
  const format: Intl.DateTimeFormatOptions =
    isUnderDay && !isPinned ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(language(), format).format(updatedAt);
}

export function titleText(title: string): string {
  return title || t('Untitled');
}
