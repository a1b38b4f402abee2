import { useEffect, useMemo } from 'preact/hooks';
import type { AttachedSize } from '../../shared/nextSize.ts';
import type { RoomRequest } from '../../shared/protocol/room.ts';
import { t } from '../ui/l10n.ts';
import { askLatest } from '../requests.ts';
import { useServices } from '../services.ts';
import { formatCount, shortCount } from '../ui/numberText.ts';

/** What is attached in this conversation, the largest first, each to be left out of requests or taken in again. */
export function AttachedPicker() {
  const { store, post, requests } = useServices();
  const list = useMemo(() => askLatest<RoomRequest>(requests.ask), []);
  const attached = store.attached.value;
  const beside = store.view.value?.attachments;
  const omitted = store.view.value?.conversation.omitted;
  // The list follows what it changes itself.
  useEffect(() => {
    const show = async (): Promise<void> => {
      const listed = await list({ type: 'listAttached' }).catch(() => undefined);
      if (listed) store.attached.value = listed;
    };
    void show();
  }, [beside, omitted]);
  if (!attached) return null;
  if (attached.length === 0) return <p class="attached-none">{t('Nothing is attached any more.')}</p>;
  const change = ({ id, isUnsent }: AttachedSize, isSent: boolean): void =>
    post(isUnsent ? { type: 'detach', ids: [id] } : { type: 'omit', id, isOmitted: !isSent });
  return (
    <fieldset class="attached-picker">
      <legend>{t('Untick what requests need not carry. The numbers are tokens.')}</legend>
      {attached.map(item => (
        <label key={item.id} class="attached-item" title={item.name}>
          <input
            type="checkbox"
            checked={!item.isOmitted}
            onChange={event => change(item, event.currentTarget.checked)}
          />
          <span class="attached-name">{item.name}</span>
          {item.isUnsent && <span class="attached-unsent">{t('not sent yet')}</span>}
          {item.isOfLast && <span class="attached-unsent">{t('last message')}</span>}
          <span class="attached-tokens" title={t('{0} tokens', formatCount(item.tokens))}>
            {shortCount(item.tokens)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
