import { useEffect, useRef } from 'preact/hooks';
import { adjustmentText } from '../../shared/adjustmentText.ts';
import type { RequestPreview } from '../../shared/requestPreview.ts';
import { t } from '../ui/l10n.ts';
import { groupLabel, parameterGroups } from './parameterText.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { RequestSize } from '../size/RequestSize.tsx';
import { ParameterField } from './ParameterField.tsx';

/** Every field of the request, for this conversation, beside the body that would go out. */
export function ParametersView() {
  const { store, post, composition } = useServices();
  const pane = useRef<HTMLElement>(null);
  const preview = store.preview.value;
  const conversationId = store.view.value?.conversation.id;
  const close = (): void => {
    store.showsParameters.value = false;
    document.getElementById('composer')?.focus();
  };
  useEffect(() => {
    post({ type: 'watchRequest', isOn: true });
    return () => post({ type: 'watchRequest', isOn: false });
  }, [conversationId]);
  // Only when it is opened: with another conversation the keyboard is where the user has put it.
  useEffect(() => pane.current?.querySelector<HTMLElement>('input, textarea, select')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || composition.owns(event)) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <section class="parameters" aria-label={t('Parameters')} ref={pane} onKeyDown={onKeyDown}>
      <div class="parameters-header">
        <h2>{t('Parameters')}</h2>
        <IconButton icon="close" label={t('Close Parameters')} onClick={close} />
      </div>
      <div class="parameters-body">
        <div class="parameters-fields" key={conversationId}>
          <div class="button-row">
            <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.applyPreset' })}>
              {t('Apply Preset…')}
            </Button>
            <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.savePreset' })}>
              {t('Save as Preset…')}
            </Button>
          </div>
          <p class="field-note">
            {t('For this conversation. What is empty comes from the settings, as they were at its first answer.')}
          </p>
          {parameterGroups.map(({ group, names }) => (
            <section key={group} class="field-group" aria-labelledby={`parameters-${group}`}>
              <h3 id={`parameters-${group}`}>{groupLabel(group)}</h3>
              {names.map(name => (
                <ParameterField key={name} name={name} />
              ))}
            </section>
          ))}
        </div>
        {preview && <Request preview={preview} />}
      </div>
    </section>
  );
}

function Request({ preview }: { preview: RequestPreview }) {
  const { post } = useServices();
  return (
    <div class="parameters-request">
      <div class="parameters-header">
        <h3>{t('The Next Request')}</h3>
        <IconButton
          icon="copy"
          label={t('Copy Request')}
          onClick={() => post({ type: 'command', command: 'marginalia.copyRequest' })}
        />
      </div>
      <RequestSize preview={preview} />
      {preview.adjustments.length > 0 && (
        <ul class="parameters-adjustments">
          {preview.adjustments.map(adjustment => (
            <li key={`${adjustment.field} ${adjustment.reason}`}>
              {adjustmentText(adjustment, t)}{' '}
              {adjustment.reason === 'refusedBefore' && (
                <Button isSecondary onClick={() => post({ type: 'sendRefusedAgain', field: adjustment.field })}>
                  {t('Send {0} Again', adjustment.field)}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <pre tabindex={0} role="group" aria-label={t('The Next Request')} dir="ltr">
        <code>{preview.json}</code>
      </pre>
    </div>
  );
}
