import type { Signal } from '@preact/signals';
import type { ExchangeDetail, ExchangeSummary } from '../../shared/exchange.ts';
import type { InspectorViewMessage } from '../../shared/protocol/inspector.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { t } from '../ui/l10n.ts';
import { ExchangeList } from './ExchangeList.tsx';
import { ExchangeView } from './ExchangeView.tsx';

interface Props {
  /** Newest last; undefined before the host has answered. */
  exchanges: Signal<ExchangeSummary[] | undefined>;
  detail: Signal<ExchangeDetail | undefined>;
  post: (message: InspectorViewMessage) => void;
}

/** The last requests beside everything about one of them. */
export function Inspector({ exchanges, detail, post }: Props) {
  const list = exchanges.value;
  if (!list) return <p class="shell">{t('Marginalia is starting…')}</p>;
  if (list.length === 0) {
    return <p class="shell">{t('No request has been sent in this window yet. The last 100 are shown here.')}</p>;
  }
  return (
    <main class="inspector">
      <section class="inspector-list" aria-label={t('Requests')}>
        <div class="inspector-bar">
          <h1>{t('Requests')}</h1>
          <IconButton icon="clear-all" label={t('Clear Requests')} onClick={() => post({ type: 'clear' })} />
        </div>
        <ExchangeList exchanges={list} selected={detail.value?.id} select={id => post({ type: 'select', id })} />
      </section>
      <section class="inspector-detail" aria-label={t('Request')}>
        {detail.value && <ExchangeView detail={detail.value} post={post} />}
      </section>
    </main>
  );
}
