import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { showCopied } from './codeActions.ts';
import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { readersOwn } from '../markdown/morph.ts';
import { nextOrder, sortedRows, type SortOrder } from '../markdown/tables/sortRows.ts';
import { plainText, tableAsCsv, tableAsMarkdown } from '../markdown/tables/tableText.ts';

/** Does what a button of a table is for. */
export function useTable(
  button: HTMLElement,
  post: (message: ViewMessage) => void,
  announce: (sentence: string) => void,
): void {
  const table = button.closest('.table-wrapper')?.querySelector('table');
  if (!table) return;
  const text = button.getAttribute('data-table') === 'copyCsv' ? tableAsCsv(table) : tableAsMarkdown(table);
  post({ type: 'copy', text });
  showCopied(button);
  announce(t('Copied'));
}

/** Sorts by the column of this head; back to how it was written where it was sorted both ways. */
export function sortByColumn(head: HTMLTableCellElement, announce: (sentence: string) => void): void {
  const wrapper = head.closest<HTMLElement>('.table-wrapper');
  // While rows still come, they belong where they come.
  if (!wrapper || head.closest('.growing')) return;
  const column = head.cellIndex;
  const [sorted, order] = sortingOf(wrapper);
  const next = nextOrder(sorted === column ? order : undefined);
  if (next) wrapper.setAttribute('data-sorted', `${column} ${next}`);
  else wrapper.removeAttribute('data-sorted');
  wrapper.setAttribute(readersOwn, 'data-sorted');
  applySorting(wrapper);
  const name = head.textContent.trim();
  if (!next) announce(t('As it was written'));
  else announce(next === 'ascending' ? t('Sorted by {0}, ascending', name) : t('Sorted by {0}, descending', name));
}

/** Puts the rows of a table into the order that its `data-sorted` names. */
export function applySorting(wrapper: HTMLElement): void {
  const body = wrapper.querySelector('tbody');
  if (!body) return;
  const [column, order] = sortingOf(wrapper);
  for (const cell of wrapper.querySelectorAll<HTMLTableCellElement>('thead tr > *')) {
    if (order && cell.cellIndex === column) cell.setAttribute('aria-sort', order);
    else cell.removeAttribute('aria-sort');
  }
  const rows = asWritten(body);
  for (const [index, row] of rows.entries()) {
    if (order) row.setAttribute('data-row', String(index));
    else row.removeAttribute('data-row');
  }
  const texts = rows.map(row => plainText(row.cells[column] ?? row));
  body.append(...sortedRows(texts, order, language()).flatMap(index => rows[index] ?? []));
}

function sortingOf(wrapper: Element): [column: number, order: SortOrder] {
  const [column = '', order] = wrapper.getAttribute('data-sorted')?.split(' ') ?? [];
  return [Number(column), order === 'ascending' || order === 'descending' ? order : undefined];
}

function asWritten(body: HTMLTableSectionElement): HTMLTableRowElement[] {
  const place = (row: Element): number => Number(row.getAttribute('data-row') ?? 0);
  return [...body.rows].toSorted((a, b) => place(a) - place(b));
}
