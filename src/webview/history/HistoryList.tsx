import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import type { HistoryModel } from './historyModel.ts';
import { HistoryRowView } from './HistoryRowView.tsx';
import { rowsBetween, type RowSizes, topsOf } from './listLayout.ts';
import { headingsOf } from './rowText.ts';

interface Props {
  model: HistoryModel;
  box: { current: HTMLDivElement | null };
  focusSearch: () => void;
}

/** Pixels above and below what is seen in which rows are drawn as well. */
const beyond = 400;
/** Until they can be measured. */
const usualSizes: RowSizes = { row: 46, heading: 30 };

/** A list of conversations, of which only the rows near what is seen are drawn; of what was found, all. */
export function HistoryList({ model, box, focusSearch }: Props) {
  const { composition } = useServices();
  const sizes = useSignal(usualSizes);
  const seen = useSignal({ top: 0, height: 800 });
  const headings = useComputed(() => (model.isFound.value ? [] : headingsOf(model.rows.value, Date.now())));
  const tops = useComputed(() =>
    topsOf(
      model.rows.value.map((_, at) => headings.value[at] !== undefined),
      sizes.value,
    ),
  );
  const rows = model.rows.value;
  const activeAt = Math.max(
    0,
    rows.findIndex(({ id }) => id === model.activeId.value),
  );
  const isFound = model.isFound.value;
  const { top, height } = seen.value;
  const drawn = isFound
    ? rows.map((_, at) => at)
    : indexesOf(rowsBetween(tops.value, top - beyond, top + height + beyond), activeAt);

  useMeasure(box, sizes, seen);
  const lastKeyAt = useRef<number | undefined>(undefined);
  // A row that was far away is drawn by now.
  useLayoutEffect(() => {
    if (lastKeyAt.current === undefined) return;
    lastKeyAt.current = undefined;
    box.current?.querySelector<HTMLElement>('.history-open[tabindex="0"]')?.focus({ preventScroll: !isFound });
  });
  // Another list begins at its start.
  useEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [box, isFound, model.shelf.value, isFound && model.query.value]);

  /** A key may come before the one before it has been drawn. */
  const activeNow = (): number =>
    Math.max(
      0,
      rows.findIndex(({ id }) => id === model.activeId.peek()),
    );
  const moveTo = (at: number): void => {
    const target = Math.min(rows.length - 1, Math.max(0, at));
    const row = rows[target];
    if (!row) return;
    model.activeId.value = row.id;
    lastKeyAt.current = target;
    if (!isFound) scrollTo(box.current, tops.value, target);
    // The same row again changes nothing, and would be drawn by nobody.
    if (target === activeAt && target === activeNow())
      box.current?.querySelector<HTMLElement>('.history-open[tabindex="0"]')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event) || event.target instanceof HTMLInputElement) return;
    const { key } = event;
    const page = Math.max(1, Math.floor(seen.peek().height / sizes.peek().row) - 1);
    const at = activeNow();
    const row = rows[at];
    if (key === 'ArrowUp' && at === 0) focusSearch();
    else if (key in steps) moveTo(at + (steps[key] ?? 0) * (key.startsWith('Page') ? page : 1));
    else if (row && key === 'Enter' && isOnTitle(event)) model.openRow(row);
    else if (row && isDeleteKey(event)) void model.deleteOrAsk(row);
    else if (row && key === 'F2' && model.shelf.value !== 'deleted') model.renamedId.value = row.id;
    else {
      // What is typed here is meant for the search.
      if (isCharacter(event)) focusSearch();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="history-scroller" ref={box} onKeyDown={onKeyDown}>
      <div
        class={isFound ? 'history-list found' : 'history-list'}
        role="list"
        aria-label={isFound ? t('Found') : t('Conversations')}
        style={isFound ? undefined : { height: `${tops.value.at(-1) ?? 0}px` }}
      >
        {drawn.map(at => {
          const row = rows[at];
          return (
            row && (
              <HistoryRowView
                key={row.id}
                model={model}
                row={row}
                heading={headings.value[at]}
                place={{ at, of: rows.length, ...(!isFound && { top: tops.value[at] ?? 0 }) }}
                isActive={at === activeAt}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

const steps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -1,
  PageDown: 1,
  Home: -Infinity,
  End: Infinity,
};

/** With the row that has the keyboard, which would lose it otherwise. */
function indexesOf([start, end]: [number, number], activeAt: number): number[] {
  const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
  if (activeAt < start) indexes.unshift(activeAt);
  else if (activeAt >= end) indexes.push(activeAt);
  return indexes;
}

function useMeasure(
  box: Props['box'],
  sizes: { value: RowSizes; peek: () => RowSizes },
  seen: { value: { top: number; height: number } },
): void {
  // After every drawing: the size of the font may be another one.
  useLayoutEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('.history-row')?.offsetHeight;
    const heading = box.current?.querySelector<HTMLElement>('.history-day')?.offsetHeight;
    const known = sizes.peek();
    const measured = { row: row || known.row, heading: heading || known.heading };
    if (measured.row !== known.row || measured.heading !== known.heading) sizes.value = measured;
  });
  useEffect(() => {
    const scroller = box.current;
    if (!scroller) return undefined;
    const look = (): void => {
      seen.value = { top: scroller.scrollTop, height: scroller.clientHeight };
    };
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [box, seen]);
}

function scrollTo(scroller: HTMLElement | null, tops: readonly number[], at: number): void {
  if (!scroller) return;
  const start = tops[at] ?? 0;
  const end = tops[at + 1] ?? start;
  if (start < scroller.scrollTop) scroller.scrollTop = start;
  else if (end > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = end - scroller.clientHeight;
}

/** And not on one of its buttons. */
function isOnTitle({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.matches('.history-open');
}

/** On a Mac there is no other key for it. */
function isDeleteKey({ key, metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey) return false;
  return metaKey ? key === 'Backspace' : key === 'Delete';
}

function isCharacter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
