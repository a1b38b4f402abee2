import type { ComponentChildren } from 'preact';
import type { Excerpt } from '../../shared/attachment.ts';
import { t } from '../ui/l10n.ts';
import { lineRange } from '../../shared/turnMarkdown.ts';
import { useServices } from '../services.ts';
import { CodeText } from '../blocks/CodeText.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LocationButton } from '../paths/LocationButton.tsx';
import { LongText } from '../blocks/LongText.tsx';

const linesAtFirst = 8;

interface Props {
  excerpt: Excerpt;
  turnId: string;
  /** Its name in the turn, for what is open and for Find; see parts.ts. */
  part: string;
  icon?: string;
  /** What stands in place of the file's name, where it is no file. */
  title?: ComponentChildren;
  /** Opens the whole text, where this is its beginning only. */
  openWhole?: (() => void) | undefined;
}

/** Lines of a file that were sent along, as they were then. */
export function ExcerptView({ excerpt, turnId, part, icon = 'file-code', title, openWhole }: Props) {
  const isOpen = useServices().disclosures.of(turnId, part);
  const lines = excerpt.code.replace(/\n$/, '').split('\n');
  const isLong = lines.length > linesAtFirst + 1;
  const shown = isLong && !isOpen.value ? lines.slice(0, linesAtFirst) : lines;
  const lineNumbers = lineRange(excerpt.startLine, excerpt.endLine);
  const name = title === undefined ? `${excerpt.path}:${lineNumbers}` : excerpt.path;
  return (
    <div class="excerpt">
      <div class="excerpt-header">
        <Icon name={icon} />
        {title ?? <LocationButton uri={excerpt.uri} line={excerpt.startLine} text={name} />}
        <span class="excerpt-language">{excerpt.languageId}</span>
      </div>
      <LongText turnId={turnId} part={part} text={shown.join('\n')}>
        {text => (
          <pre data-find={part} tabindex={0} role="group" aria-label={name} dir="ltr">
            {excerpt.languageId === 'diff' ? (
              <code data-language="diff">{text.split('\n').map(diffLine)}</code>
            ) : (
              <CodeText text={text} language={excerpt.languageId} />
            )}
          </pre>
        )}
      </LongText>
      {isLong && (
        <button
          type="button"
          class="text-button"
          aria-expanded={isOpen.value === true}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <Icon name={isOpen.value ? 'chevron-up' : 'chevron-down'} />
          {isOpen.value ? t('Show fewer lines') : showMore(lines.length, openWhole !== undefined)}
        </button>
      )}
      {openWhole && (isOpen.value || !isLong) && (
        <button type="button" class="text-button" onClick={openWhole}>
          <Icon name="go-to-file" />
          {t('Open the whole text')}
        </button>
      )}
    </div>
  );
}

function showMore(lines: number, isCut: boolean): string {
  return isCut ? t('Show the first {0} lines', lines) : t('Show all {0} lines', lines);
}

function diffLine(line: string, index: number) {
  const kinds: Record<string, string> = { '+': 'added', '-': 'removed', '@': 'hunk' };
  return (
    <span key={index} class={`diff-line ${kinds[line.charAt(0)] ?? ''}`}>
      {`${line}\n`}
    </span>
  );
}
