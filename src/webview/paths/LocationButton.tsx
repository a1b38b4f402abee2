import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';

/** A place in a file; opens it. The end of a long path says more than its start, so the start is what is cut. */
export function LocationButton({ uri, line, text }: { uri: string; line: number; text: string }) {
  const { post } = useServices();
  return (
    <button
      type="button"
      class="location"
      title={t('Open {0}', text)}
      onClick={() => post({ type: 'openLocation', uri, line })}
    >
      <bdi>{text}</bdi>
    </button>
  );
}
