import type { ComponentChildren } from 'preact';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { beginningOf, restName } from './longText.ts';
import { Icon } from '../ui/Icon.tsx';

interface PartProps {
  turnId: string;
  /** Its name in the turn; see parts.ts. */
  part: string;
}

/** A text that may be too long to be drawn at once: `children` draw it as far as it is shown. */
export function LongText({
  turnId,
  part,
  text,
  children,
}: PartProps & {
  text: string;
  children: (shown: string) => ComponentChildren;
}) {
  const rest = useServices().disclosures.of(turnId, restName(part));
  const beginning = beginningOf(text);
  return (
    <>
      {children(rest.value ? text : beginning)}
      {beginning !== text && <RestButton turnId={turnId} part={part} />}
    </>
  );
}

/** Shows and hides the rest of a long text. */
export function RestButton({ turnId, part }: PartProps) {
  const rest = useServices().disclosures.of(turnId, restName(part));
  return (
    <button
      type="button"
      class="text-button"
      aria-expanded={rest.value === true}
      onClick={() => (rest.value = !rest.value)}
    >
      <Icon name={rest.value ? 'chevron-up' : 'chevron-down'} />
      {rest.value ? t('Show only the beginning of this text') : t('Show the rest of this text')}
    </button>
  );
}
