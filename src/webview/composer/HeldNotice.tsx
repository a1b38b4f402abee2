import { useEffect } from 'preact/hooks';
import { budgetStopText } from '../../shared/budgetText.ts';
import type { Held } from '../../shared/nextSize.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { language } from '../ui/language.ts';
import { costText, formatCount } from '../ui/numberText.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { listText } from '../../shared/listText.ts';

interface Props {
  held: Held;
  /** Sends what is written. */
  send: () => void;
}

/** Asks whether a large request goes out, or one beyond a budget. The keyboard stays where it is: two keys answer from there. */
export function HeldNotice({ held, send }: Props) {
  const { store, post, draft, composition, announce } = useServices();
  const title = titleOf(held);
  const why = whyText(held);
  const cancel = (): void => post({ type: 'cancelSend' });
  const confirm = (): void => {
    const isMessage = held.kind === 'message';
    const isWritten = draft.text.trim() !== '' || (store.state?.attachments.length ?? 0) > 0;
    const goes = !isMessage || isWritten;
    post({ type: goes ? 'confirmSend' : 'cancelSend' });
    if (goes && isMessage) send();
  };
  useEffect(() => announce(`${title} ${why} ${keysText()}`), [title, why]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (composition.owns(event) || event.repeat) return;
      const isConfirmed = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
      if (!isConfirmed && event.key !== 'Escape') return;
      event.preventDefault();
      // The composer would send again, and Escape would stop a running answer.
      event.stopPropagation();
      if (isConfirmed) confirm();
      else cancel();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  });
  return (
    <section class="composer-notice warning" aria-label={t('Send this?')}>
      <Icon name="warning" class="notice-icon" />
      <div class="composer-notice-body">
        <h3>{title}</h3>
        {held.kind !== 'message' && (
          <p class="held-text" dir="auto" title={held.text}>
            {held.text}
          </p>
        )}
        <p>{why}</p>
        <div class="button-row">
          <Button onClick={confirm}>{held.budget ? t('Send Anyway') : t('Send')}</Button>
          <Button isSecondary onClick={cancel}>
            {t('Cancel')}
          </Button>
          {held.budget && (
            <>
              <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.showUsage' })}>
                {t('Show Usage')}
              </Button>
              <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.setBudget' })}>
                {t('Open Settings')}
              </Button>
            </>
          )}
          <span class="composer-notice-keys">{keysText()}</span>
        </div>
      </div>
    </section>
  );
}

function titleOf({ tokens = 0, costUsd, budget }: Held): string {
  if (budget) return budgetStopText(budget, t, language()).title;
  return costUsd === undefined
    ? t('Send about {0} tokens?', formatCount(tokens))
    : t('Send about {0} tokens for about {1}?', formatCount(tokens), costText(costUsd));
}

function whyText({ budget, ...held }: Held): string {
  const isLarge = held.aboveTokens !== undefined || held.aboveCostUsd !== undefined;
  const size = isLarge ? limitText(held) : '';
  if (!budget) return size;
  const { text } = budgetStopText(budget, t, language());
  return size === '' ? text : `${text} ${titleOf(held)} ${size}`;
}

function limitText({ aboveTokens, aboveCostUsd }: Held): string {
  const limits = [
    aboveTokens === undefined ? '' : t('{0} tokens', formatCount(aboveTokens)),
    aboveCostUsd === undefined ? '' : costText(aboveCostUsd),
  ].filter(limit => limit !== '');
  return t('By your settings, this asks above {0}.', listText(limits, language()));
}

function keysText(): string {
  return t('Ctrl+Enter sends, Escape cancels.');
}
