import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { type Shelf, shelves } from '../../shared/storedConversations.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { HistoryList } from './HistoryList.tsx';
import type { HistoryModel } from './historyModel.ts';
import { HistoryNoticeView } from './HistoryNoticeView.tsx';

/** All stored conversations: looked through, searched and put in order with the keyboard or the mouse. */
export function HistoryPanel({ model, close }: { model: HistoryModel; close: () => void }) {
  const { composition } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => input.current?.focus(), [model.openings.value]);
  useCloseFromOutside(close);

  // Where no row is left, the search is what there is.
  const focusList = (): void =>
    (list.current?.querySelector<HTMLElement>('.history-open[tabindex="0"]') ?? input.current)?.focus();
  const focusSearch = (): void => {
    input.current?.focus();
    input.current?.select();
  };
  useLayoutEffect(() => {
    if (model.removals.peek() > 0 && document.activeElement === document.body) focusList();
  }, [model.removals.value]);
  const onSearchKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'ArrowDown') focusList();
    else if (event.key === 'Enter') model.openFirst();
    else return false;
    return true;
  };
  const leave = (): void => {
    if (model.notice.value?.kind !== 'eraseFirst') {
      close();
      return;
    }
    model.notice.value = undefined;
    focusList();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event) || event.defaultPrevented) return;
    if (event.key === 'Escape') leave();
    else if (isFindKey(event)) focusSearch();
    else if (event.target !== input.current || !onSearchKey(event)) return;
    event.preventDefault();
    // The editor has bindings of its own for these keys.
    event.stopPropagation();
  };
  return (
    <section class="history" aria-label={t('Conversations')} onKeyDown={onKeyDown}>
      <div class="history-head">
        <h2>{t('Conversations')}</h2>
        <IconButton icon="close" label={t('Close')} onClick={close} />
      </div>
      <div class="history-search" role="search">
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          dir="auto"
          spellcheck={false}
          autocomplete="off"
          aria-label={t('Search titles and contents')}
          placeholder={t('Search titles and contents')}
          value={model.query.value}
          onInput={event => model.search(event.currentTarget.value)}
        />
        {model.isSearching.value && <Icon name="loading" class="codicon-modifier-spin" />}
      </div>
      <Shelves model={model} />
      <HistoryNoticeView model={model} focusList={focusList} />
      <Contents model={model} list={list} focusSearch={focusSearch} />
    </section>
  );
}

function Shelves({ model }: { model: HistoryModel }) {
  return (
    <div class="history-shelves" role="group" aria-label={t('Which Conversations')}>
      {shelves.map(shelf => (
        <button
          key={shelf}
          type="button"
          class="history-shelf"
          aria-pressed={model.shelf.value === shelf}
          onClick={() => model.show(shelf)}
        >
          {shelfText(shelf)}
        </button>
      ))}
    </div>
  );
}

interface ContentsProps {
  model: HistoryModel;
  list: { current: HTMLDivElement | null };
  focusSearch: () => void;
}

function Contents({ model, list, focusSearch }: ContentsProps) {
  if (model.rows.value.length > 0) return <HistoryList model={model} box={list} focusSearch={focusSearch} />;
  if (model.hasFailed.value && !model.isFound.value) {
    return (
      <div class="history-empty" role="alert">
        <p>{t('The conversations could not be read.')}</p>
        <Button onClick={() => model.show(model.shelf.value)}>{t('Try Again')}</Button>
      </div>
    );
  }
  if (model.isLoading.value || model.isSearching.value) return null;
  return <p class="history-empty">{emptyText(model)}</p>;
}

function shelfText(shelf: Shelf): string {
  switch (shelf) {
    case 'current':
      return t('Current');
    case 'archived':
      return t('Archived');
    case 'deleted':
      return t('Deleted');
  }
}

function emptyText({ query, shelf }: HistoryModel): string {
  if (query.value.trim() !== '') return t('Nothing holds these words.');
  switch (shelf.value) {
    case 'current':
      return t('There are no earlier conversations yet.');
    case 'archived':
      return t('No conversation is archived.');
    case 'deleted':
      return t('What is deleted stands here for an hour, and can come back.');
  }
}

/** A click beside everything takes the keyboard out of the panel, whose keys still mean it. */
function useCloseFromOutside(close: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.target !== document.body) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [close]);
}

function isFindKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'f' && ctrlKey !== metaKey && !shiftKey && !altKey;
}
