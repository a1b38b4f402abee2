import type { ComponentChildren } from 'preact';
import { t } from '../l10n.ts';
import { Icon } from './Icon.tsx';

interface Props {
  severity: 'info' | 'warning' | 'error';
  title?: string;
  text: string;
  /** Somebody else's words, shown apart from ours. */
  detail?: string;
  requestId?: string | undefined;
  actions?: ComponentChildren;
}

/** A box in the transcript that says what happened and what can be done. */
export function Notice({ severity, title, text, detail = '', requestId, actions }: Props) {
  return (
    <div class={`notice ${severity}`}>
      <Icon name={severity} class="notice-icon" />
      <div class="notice-body">
        {title !== undefined && <h3>{title}</h3>}
        <p>{text}</p>
        {detail !== '' && (
          <p class="notice-detail" dir="auto">
            {detail}
          </p>
        )}
        {requestId !== undefined && <p class="notice-request">{t('Request ID: {0}', requestId)}</p>}
        {actions !== undefined && <div class="button-row">{actions}</div>}
      </div>
    </div>
  );
}
