import type { ReadonlySignal } from '@preact/signals';
import { t } from '../ui/l10n.ts';
import { formatCount } from '../ui/numberText.ts';
import type { Query, QueryProblem } from './query.ts';
import { mostMatches } from './search.ts';

/** What tells how a search stands; see Finder. */
interface FindState {
  readonly query: ReadonlySignal<Query>;
  readonly problem: ReadonlySignal<QueryProblem | undefined>;
  readonly total: ReadonlySignal<number>;
  readonly position: ReadonlySignal<number>;
  readonly isRunning: ReadonlySignal<boolean>;
}

/** How the search stands, such as “3 of 17”. */
export function describeFind(find: FindState): string {
  if (find.query.value.term === '') return '';
  switch (find.problem.value) {
    case 'invalid':
      return t('Not a regular expression');
    case 'tooSlow':
      return t('Takes too long');
    case undefined:
  }
  const total = find.total.value;
  if (total === 0) return find.isRunning.value ? t('Searching…') : t('No results');
  const shown = total >= mostMatches ? `${formatCount(total)}+` : formatCount(total);
  return t('{0} of {1}', find.position.value === 0 ? '?' : formatCount(find.position.value), shown);
}
