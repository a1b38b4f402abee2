import type { PastedCode } from './usePastedCode.ts';
import { t } from '../ui/l10n.ts';

/** Says what became of a pasted text, and gives it back. */
export function PastedHint({ code }: { code: PastedCode }) {
  const reference = code.reference.value;
  if (!reference) return null;
  return (
    <p class="pasted-hint">
      <span>{t('Pasted code is attached as {0}.', reference.name)}</span>
      <button type="button" class="text-button" onClick={code.asText}>
        {t('Paste as Text')}
      </button>
    </p>
  );
}
