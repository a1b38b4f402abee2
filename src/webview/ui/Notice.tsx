import type { ComponentChildren } from 'preact';
import { t } from './l10n.ts';
import { Icon } from './Icon.tsx';

interface Props {
  severity: 'info' | 'warning' | 'error';
  title?: string;
  text: string;
  /** Somebody else's words, shown apart from ours. */
  detail?: string;
  /** Behind a click: they help whoever looks for the cause, and nobody else. */
  isDetailHidden?: boolean;
  requestId?: string | undefined;
  actions?: ComponentChildren;
  children?: ComponentChildren;
}

/** A box in the transcript that says what happened and what can be done. */
export function Notice({
  severity,
  title,
  text,
  detail = '',
  isDetailHidden = false,
  requestId,
  actions,
  children,
}: Props) {
  return (
    <div class={`notice ${severity}`}>
      <Icon name={severity} class="notice-icon" />
      <div class="notice-body">
        {title !== undefined && <h3>{title}</h3>}
        <p>{text}</p>
        {detail !== '' && (isDetailHidden ? <HiddenDetail detail={detail} /> : <Detail detail={detail} />)}
        {requestId !== undefined && <p class="notice-request">{t('Request ID: {0}', requestId)}</p>}
        {actions !== undefined && <div class="button-row">{actions}</div>}
        {children}
      </div>
    </div>
  );
}

/** A notice that others have followed: a line of it, and the rest at a click. It has nothing to be done any more. */
export function PastNotice({ severity, title, text, detail = '', requestId }: Omit<Props, 'actions' | 'children'>) {
  return (
    <details class={`past-notice ${severity}`}>
      <summary>
        <Icon name={severity} class="notice-icon" />
        <span class="past-notice-line">{title ?? text}</span>
      </summary>
      {title !== undefined && <p>{text}</p>}
      {detail !== '' && <Detail detail={detail} />}
      {requestId !== undefined && <p class="notice-request">{t('Request ID: {0}', requestId)}</p>}
    </details>
  );
}

function HiddenDetail({ detail }: { detail: string }) {
  return (
    <details>
      <summary>{t('Details')}</summary>
      <Detail detail={detail} />
    </details>
  );
}

function Detail({ detail }: { detail: string }) {
  return (
    <p class="notice-detail" dir="auto">
      {detail}
    </p>
  );
}
