import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { t } from '../ui/l10n.ts';
import type { HistoryModel } from './historyModel.ts';
import { titleText } from './rowText.ts';

interface Props {
  model: HistoryModel;
  /** Puts the keyboard back into the list. */
  focusList: () => void;
}

/** What was done, and what can be done about it. */
export function HistoryNoticeView({ model, focusList }: Props) {
  const notice = model.notice.value;
  const box = useRef<HTMLDivElement>(null);
  // What can't be undone is asked where the keyboard is.
  useLayoutEffect(() => {
    if (notice?.kind === 'eraseFirst') box.current?.focus();
  }, [notice]);
  if (!notice) return null;
  const close = (): void => {
    model.notice.value = undefined;
    focusList();
  };
  const done = (work: Promise<void>): void => void work.then(focusList);
  switch (notice.kind) {
    case 'deleted':
      return (
        <div class="card compact history-notice" role="status">
          <p class="card-text">{t('“{0}” was deleted.', titleText(notice.row.title))}</p>
          <Button isSecondary onClick={() => done(model.restore(notice.row))}>
            {t('Undo')}
          </Button>
          <IconButton icon="close" label={t('Close')} onClick={close} />
        </div>
      );
    case 'eraseFirst':
      return (
        <div
          class="card compact history-notice"
          role="alertdialog"
          aria-label={t('Delete for Good')}
          tabIndex={-1}
          ref={box}
        >
          <p class="card-text">
            {t('Nothing of “{0}” will be left, and this cannot be undone.', titleText(notice.row.title))}
          </p>
          <Button onClick={() => done(model.erase(notice.row))}>{t('Delete for Good')}</Button>
          <Button isSecondary onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      );
    case 'failed':
      return (
        <div class="card compact history-notice" role="alert">
          <p class="card-text">{t('That could not be done: the conversations cannot be written at the moment.')}</p>
          <IconButton icon="close" label={t('Close')} onClick={close} />
        </div>
      );
  }
}
