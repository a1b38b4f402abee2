import type { Signal } from '@preact/signals';
import type { Drag } from './useFileDrop.ts';
import { t } from '../ui/l10n.ts';

/** Says what a drop would do, as the editor says it over its files. */
export function DropHint({ drag }: { drag: Signal<Drag> }) {
  if (drag.value === 'none') return null;
  return (
    <div class="drop-hint">
      <p>{drag.value === 'files' ? t('Hold Shift to attach') : t('Drop to attach')}</p>
    </div>
  );
}
