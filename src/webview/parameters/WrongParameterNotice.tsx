import type { WrongParameter } from '../../shared/unfinished.ts';
import { t } from '../ui/l10n.ts';
import { parameterLabel } from './parameterText.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Says that nothing goes out while a parameter is no value, and leads to where it is mended. */
export function WrongParameterNotice({ wrong }: { wrong: WrongParameter }) {
  const { store } = useServices();
  return (
    <section class="composer-notice warning" aria-label={wrongText(wrong)}>
      <Icon name="warning" class="notice-icon" />
      <div class="composer-notice-body">
        <p>{wrongText(wrong)}</p>
        {!store.showsParameters.value && (
          <div class="button-row">
            <Button isSecondary onClick={() => (store.showsParameters.value = true)}>
              {t('Open Parameters')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

export function wrongText({ name, problem }: WrongParameter): string {
  return t('Nothing is sent as long as {0} is wrong: {1}', parameterLabel(name), problem);
}
