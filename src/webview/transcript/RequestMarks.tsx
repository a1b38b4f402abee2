import { useComputed } from '@preact/signals';
import { attachedTo } from '../../shared/attached.ts';
import type { Turn, UserTurn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Icon } from '../ui/Icon.tsx';
import { language } from '../ui/language.ts';
import { listText } from '../../shared/listText.ts';

/** Says of a turn that requests send a summary in its place. */
export function SummarizedMark({ turn }: { turn: Turn }) {
  if (!turn.isSummarized) return null;
  return (
    <p class="request-mark">
      <Icon name="fold" />
      {t('Summarized for the model')}
    </p>
  );
}

/** Says of a turn that requests begin with it, or did until the user took that back, and changes it. */
export function StartMark({ turn: { id, startsOver } }: { turn: UserTurn }) {
  const { post } = useServices();
  if (startsOver === undefined) return null;
  return (
    <p class="request-mark start-mark">
      <Icon name={startsOver ? 'debug-step-over' : 'history'} />
      <span>
        {startsOver ? t('From here on, without what was said before') : t('Together with what was said before')}
      </span>
      <button
        type="button"
        class="text-button"
        onClick={() => post({ type: 'setStart', turnId: id, startsOver: !startsOver })}
      >
        {startsOver ? t('Include It') : t('Leave It Out')}
      </button>
    </p>
  );
}

/** Says what of a turn's attachments requests leave out, and takes it in again. */
export function OmittedNote({ turn }: { turn: UserTurn }) {
  const { store, post } = useServices();
  const left = useComputed(() => {
    const omitted = store.view.value?.conversation.omitted ?? [];
    return omitted.length === 0 ? [] : attachedTo(turn).filter(({ id }) => omitted.includes(id));
  });
  if (left.value.length === 0) return null;
  const restore = (): void => {
    for (const { id } of left.value) post({ type: 'omit', id, isOmitted: false });
  };
  return (
    <p class="request-mark">
      <Icon name="circle-slash" />
      <span>
        {t(
          'Not sent any more: {0}',
          listText(
            left.value.map(({ name }) => name),
            language(),
          ),
        )}
      </span>
      <button type="button" class="text-button" onClick={restore}>
        {t('Send Again')}
      </button>
    </p>
  );
}
