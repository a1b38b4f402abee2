import { useEffect, useState } from 'preact/hooks';
import type { ClearanceAsk, ClearanceChoice } from '../../shared/clearance.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { formatCount } from '../ui/numberText.ts';
import { useCardKeys } from './useCardKeys.ts';
import { clearanceTitle, kindText, placesText } from './clearanceText.ts';

interface Props {
  ask: ClearanceAsk;
}

/** Asks how secrets go out. The keyboard stays where it is: two keys answer from there. */
export function ClearanceCard({ ask }: Props) {
  const { post, announce } = useServices();
  const [isStanding, setStanding] = useState(false);
  const title = clearanceTitle(ask);
  const keys = t('Ctrl+Enter sends placeholders, Escape sends nothing.');
  const decide = (choice: ClearanceChoice): void => post({ type: 'decideClearance', choice, isStanding });
  useEffect(() => announce(`${title} ${keys}`), [ask]);
  useCardKeys({ send: () => decide('placeholders'), hold: () => decide('cancel') });
  return (
    <section class="composer-notice warning" aria-label={t('Send secrets?')}>
      <Icon name="shield" class="notice-icon" />
      <div class="composer-notice-body">
        <h3>{title}</h3>
        <ul class="found-secrets" aria-label={t('What was found')} tabIndex={0}>
          {ask.found.map((secret, index) => (
            <li key={index}>
              <code>{secret.masked}</code> {kindText(secret.kind)}
              <span class="found-places">{placesText(secret)}</span>
            </li>
          ))}
          {ask.more > 0 && <li>{t('And {0} more', formatCount(ask.more))}</li>}
        </ul>
        <p>
          {t(
            'Of a placeholder only its name goes out. It is put back here: in the answer, in code and in tool inputs.',
          )}
        </p>
        <label class="found-standing">
          <input
            type="checkbox"
            checked={isStanding}
            onChange={({ currentTarget }) => setStanding(currentTarget.checked)}
          />
          {t('Do the same with whatever is found later in this conversation')}
        </label>
        <div class="button-row">
          <Button onClick={() => decide('placeholders')}>{t('Send Placeholders')}</Button>
          <Button isSecondary onClick={() => decide('asIs')}>
            {t('Send as It Is')}
          </Button>
          <Button isSecondary onClick={() => decide('cancel')}>
            {t('Don’t Send')}
          </Button>
          <span class="composer-notice-keys">{keys}</span>
        </div>
      </div>
    </section>
  );
}
