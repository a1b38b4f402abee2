import type { Attachment } from '../../shared/attachment.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** Of a chip whose file has changed since: the way to what it holds now. */
export function OutdatedSign({ attachment }: { attachment: Attachment }) {
  const { store, post, announce } = useServices();
  const { id, name } = attachment;
  const state = store.outdated.value.get(id);
  if (state === undefined) return null;
  if (state === 'gone') {
    const text = t('{0} is no longer there', name);
    return <span class="outdated-icon codicon codicon-warning" role="img" title={text} aria-label={text} />;
  }
  return (
    <IconButton
      icon="refresh"
      class="outdated-icon"
      label={t('{0} has changed since. Attach the new one', name)}
      onClick={() => {
        post({ type: 'attachAgain', id });
        announce(t('{0} is attached as it is now', name));
      }}
    />
  );
}

/** The same below what was sent. */
export function OutdatedNote({ attachment }: { attachment: Attachment }) {
  const { store, post } = useServices();
  const { id, name } = attachment;
  const state = store.outdated.value.get(id);
  if (state === undefined) return null;
  return (
    <p class="attachment-note outdated-note">
      <Icon name="warning" />
      <span>{state === 'gone' ? t('The file is no longer there.') : t('Changed since it was sent.')}</span>
      {state === 'changed' && (
        <button
          type="button"
          class="text-button"
          aria-label={t('Attach {0} as it is now', name)}
          onClick={() => post({ type: 'attachAgain', id })}
        >
          {t('Attach the New One')}
        </button>
      )}
    </p>
  );
}
