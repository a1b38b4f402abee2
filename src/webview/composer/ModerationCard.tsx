import { useEffect } from 'preact/hooks';
import type { ModerationState } from '../../shared/moderation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useCardKeys } from './useCardKeys.ts';

/** What the user's own check is about: that it runs, or that it leaves the word to the user. */
export function ModerationCard({ state }: { state: ModerationState }) {
  return state.phase === 'asks' ? <Asking state={state} /> : <Checking state={state} />;
}

function Checking({ state: { way, by } }: { state: ModerationState }) {
  return (
    <section class="composer-notice" aria-label={t('Your check')}>
      <Icon name="loading" class="notice-icon codicon-modifier-spin" />
      <div class="composer-notice-body">
        <p>
          {way === 'out'
            ? t('Your check looks at what goes out. Nothing is sent before.')
            : t('Your check looks at the answer. Its tools wait for that.')}
        </p>
        <code class="check-by">{by}</code>
      </div>
    </section>
  );
}

function Asking({ state }: { state: ModerationState & { phase: 'asks' } }) {
  const { post, announce } = useServices();
  const { way, by, reason } = state;
  const isOut = way === 'out';
  const title = isOut ? t('Your check asks: send this?') : t('Your check asks: use this answer?');
  const keys = isOut ? t('Ctrl+Enter sends, Escape sends nothing.') : t('Ctrl+Enter uses it, Escape sets it aside.');
  const decide = (passes: boolean): void => post({ type: 'decideModeration', passes });
  useEffect(() => announce(`${title} ${reason} ${keys}`), [state]);
  useCardKeys({ send: () => decide(true), hold: () => decide(false) });
  return (
    <section class="composer-notice warning" aria-label={t('Your check')}>
      <Icon name="shield" class="notice-icon" />
      <div class="composer-notice-body">
        <h3>{title}</h3>
        {reason !== '' && (
          <p class="notice-detail" dir="auto">
            {reason}
          </p>
        )}
        <code class="check-by">{by}</code>
        <div class="button-row">
          <Button onClick={() => decide(true)}>{isOut ? t('Send Anyway') : t('Use It')}</Button>
          <Button isSecondary onClick={() => decide(false)}>
            {isOut ? t('Don’t Send') : t('Set Aside')}
          </Button>
          <span class="composer-notice-keys">{keys}</span>
        </div>
      </div>
    </section>
  );
}
