import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../ui/IconButton.tsx';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import type { HistoryModel, HistoryRow } from './historyModel.ts';
import { Marked } from './Marked.tsx';
import { timeText, titleText } from './rowText.ts';

interface Props {
  model: HistoryModel;
  row: HistoryRow;
  /** Where it is the first under it. */
  heading: string | undefined;
  /** Among how many rows it is which, from 0 on; and where it is drawn, in pixels, where that is not behind the one before. */
  place: { at: number; of: number; top?: number };
  isActive: boolean;
}

/** One conversation, and what can be done with it. */
export function HistoryRowView({ model, row, heading, place, isActive }: Props) {
  const isRenamed = model.renamedId.value === row.id;
  const open = useRef<HTMLButtonElement>(null);
  const wasRenamed = useRef(false);
  // The field has gone, and the keyboard with it, unless something else has taken it.
  useLayoutEffect(() => {
    if (wasRenamed.current && !isRenamed && document.activeElement === document.body) open.current?.focus();
    wasRenamed.current = isRenamed;
  }, [isRenamed]);
  return (
    <div
      class="history-item"
      role="listitem"
      aria-posinset={place.at + 1}
      aria-setsize={place.of}
      style={place.top === undefined ? undefined : { top: `${place.top}px` }}
    >
      {heading !== undefined && <h3 class="history-day">{heading}</h3>}
      <div class={isActive ? 'history-row active' : 'history-row'} onFocusIn={() => (model.activeId.value = row.id)}>
        {isRenamed ? (
          <TitleField model={model} row={row} />
        ) : (
          <button
            ref={open}
            type="button"
            class="history-open"
            tabIndex={isActive ? 0 : -1}
            onClick={() => model.openRow(row)}
          >
            <span class="history-title" dir="auto" title={titleText(row.title)}>
              <Marked text={titleText(row.title)} marks={row.titleMarks} />
            </span>
            <Facts model={model} row={row} />
            {row.snippet !== undefined && (
              <span class="history-snippet" dir="auto">
                <Marked text={row.snippet} marks={row.snippetMarks} />
              </span>
            )}
          </button>
        )}
        {!isRenamed && <Actions model={model} row={row} tabIndex={isActive ? 0 : -1} />}
      </div>
    </div>
  );
}

function Facts({ model, row }: { model: HistoryModel; row: HistoryRow }) {
  const isAnswering = model.answering.value.has(row.id);
  const isElsewhere = model.elsewhere.value.has(row.id);
  const isShownArchived = row.isArchived && model.shelf.value === 'current';
  return (
    <span class="history-facts">
      {(isAnswering || isElsewhere) && (
        <span class="history-state">
          <Icon name="loading" class="codicon-modifier-spin" />
          {isAnswering ? t('answering') : t('answering in another window')}
        </span>
      )}
      {model.open.value.has(row.id) && <span class="history-state">{t('open')}</span>}
      {isShownArchived && <span class="history-state">{t('archived')}</span>}
      <span>{timeText(row, !model.isFound.value)}</span>
    </span>
  );
}

interface ActionsProps {
  model: HistoryModel;
  row: HistoryRow;
  tabIndex: number;
}

function Actions({ model, row, tabIndex }: ActionsProps) {
  const { isPinned, isArchived } = row;
  const action = (icon: string, label: string, run: () => unknown) => (
    <IconButton icon={icon} label={label} tabIndex={tabIndex} onClick={() => void run()} />
  );
  if (model.shelf.value === 'deleted') {
    return (
      <div class="history-actions">
        {action('discard', t('Restore'), () => model.restore(row))}
        {action('trash', t('Delete for Good'), () => model.deleteOrAsk(row))}
      </div>
    );
  }
  return (
    <div class="history-actions">
      {action('go-to-file', t('Open in Editor Tab'), () => model.openRow(row, true))}
      {action(isPinned ? 'pinned' : 'pin', isPinned ? t('Unpin') : t('Pin'), () => model.pin(row))}
      {action('edit', t('Rename…'), () => (model.renamedId.value = row.id))}
      {action(isArchived ? 'folder-opened' : 'archive', isArchived ? t('Move Out of the Archive') : t('Archive'), () =>
        model.archive(row),
      )}
      {action('trash', t('Delete'), () => model.deleteOrAsk(row))}
    </div>
  );
}

/** Enter and leaving it take the title, Escape leaves it as it was. */
function TitleField({ model, row }: Pick<Props, 'model' | 'row'>) {
  const { composition } = useServices();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const end = (title: string): void => {
    // What takes the keyboard away ends it as well, and only once.
    if (model.renamedId.peek() === row.id) void model.rename(row, title);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event) || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? (input.current?.value ?? '') : row.title);
  };
  return (
    <input
      ref={input}
      class="history-rename"
      type="text"
      dir="auto"
      spellcheck={false}
      aria-label={t('Title')}
      defaultValue={row.title}
      onKeyDown={onKeyDown}
      onBlur={event => end(event.currentTarget.value)}
    />
  );
}
