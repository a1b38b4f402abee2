import type { CallCommand, RanCall } from '../../shared/ranCalls.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { t } from '../ui/l10n.ts';
import { visibleText } from './visibleText.ts';

/** The command that a call runs, or would run, word for word, and where. */
export function CallCommandView({ call, command }: { call: RanCall; command: CallCommand }) {
  const { post } = useServices();
  return (
    <div class="excerpt">
      {command.text !== '' && (
        <pre data-find={`block ${call.index}`} tabindex={0} role="group" aria-label={t('Command')} dir="ltr">
          <code data-language="shellscript">{visibleText(command.text)}</code>
        </pre>
      )}
      <p class="call-note">{t('In {0}', command.folder)}</p>
      {call.state !== 'awaiting' && (
        <div class="button-row">
          <Button isSecondary onClick={() => post({ type: 'showTerminal' })}>
            {t('Show Terminal')}
          </Button>
        </div>
      )}
    </div>
  );
}
