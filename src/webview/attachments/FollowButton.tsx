import type { Attachment } from '../../shared/attachment.ts';
import { isLive } from './attachmentText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { IconButton } from '../ui/IconButton.tsx';

/** The way between what follows the editor and what stays as it was; there is one where the editor shows the file. */
export function FollowButton({ attachment }: { attachment: Attachment }) {
  const { store, post, announce } = useServices();
  const { id, name } = attachment;
  if (isLive(attachment)) {
    return (
      <IconButton
        icon="pin"
        label={t('Keep {0} as it is now', name)}
        onClick={() => {
          post({ type: 'holdEditor' });
          announce(t('{0} stays as it is now', name));
        }}
      />
    );
  }
  if (attachment.kind !== 'code' || attachment.excerpt.path !== store.inEditor.value?.path) return null;
  return (
    <IconButton
      icon="pinned"
      label={t('Let {0} follow the editor', name)}
      onClick={() => {
        post({ type: 'followEditor', instead: [id] });
        announce(t('{0} follows the editor', name));
      }}
    />
  );
}
