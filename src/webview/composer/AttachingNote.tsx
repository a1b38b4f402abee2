import type { Attaching } from './useAttaching.ts';
import { t } from '../ui/l10n.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** That files are being read, or why one was not taken. */
export function AttachingNote({ attaching: { note, waiting } }: { attaching: Attaching }) {
  const isReading = waiting.value > 0;
  return (
    <div class="attaching-note" role="status">
      {isReading && (
        <p>
          <Icon name="loading" class="codicon-modifier-spin" />
          <span>{t('Reading the file…')}</span>
        </p>
      )}
      {!isReading && note.value !== '' && (
        <p>
          <Icon name="warning" />
          <span>{note.value}</span>
          <IconButton icon="close" label={t('Dismiss')} onClick={() => (note.value = '')} />
        </p>
      )}
    </div>
  );
}
