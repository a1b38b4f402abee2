import { useSignal } from '@preact/signals';
import type { Excerpt } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { lineRange } from '../turnMarkdown.ts';
import { Icon } from './Icon.tsx';
import { LocationButton } from './LocationButton.tsx';

const linesAtFirst = 8;

/** Lines of a file that were sent along, as they were then. */
export function ExcerptView({ excerpt }: { excerpt: Excerpt }) {
  const isOpen = useSignal(false);
  const lines = excerpt.code.replace(/\n$/, '').split('\n');
  const isLong = lines.length > linesAtFirst + 1;
  const shown = isLong && !isOpen.value ? lines.slice(0, linesAtFirst) : lines;
  const name = `${excerpt.path}:${lineRange(excerpt.startLine, excerpt.endLine)}`;
  return (
    <div class="excerpt">
      <div class="excerpt-header">
        <Icon name="file-code" />
        <LocationButton uri={excerpt.uri} line={excerpt.startLine} text={name} />
        <span class="excerpt-language">{excerpt.languageId}</span>
      </div>
      <pre tabindex={0} role="group" aria-label={name} dir="ltr">
        <code data-language={excerpt.languageId}>
          {excerpt.languageId === 'diff' ? shown.map(diffLine) : shown.join('\n')}
        </code>
      </pre>
      {isLong && (
        <button
          type="button"
          class="text-button"
          aria-expanded={isOpen.value}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <Icon name={isOpen.value ? 'chevron-up' : 'chevron-down'} />
          {isOpen.value ? t('Show fewer lines') : t('Show all {0} lines', lines.length)}
        </button>
      )}
    </div>
  );
}

function diffLine(line: string, index: number) {
  const kinds: Record<string, string> = { '+': 'added', '-': 'removed', '@': 'hunk' };
  return (
    <span key={index} class={`diff-line ${kinds[line.charAt(0)] ?? ''}`}>
      {`${line}\n`}
    </span>
  );
}
