import type { HiddenPart } from '../../shared/hiddenText.ts';
import { t } from '../ui/l10n.ts';
import { formatCount } from '../ui/numberText.ts';

/** What is hidden in a text whose first line has this number, a sentence for each kind. */
export function hiddenWords(parts: readonly HiddenPart[], firstLine = 1): string {
  return parts.map(part => sentence({ ...part, line: part.line + firstLine - 1 })).join(' ');
}

function sentence({ kind, line, count, text = '' }: HiddenPart): string {
  switch (kind) {
    case 'invisible':
      return count === 1
        ? t('There is an invisible character in line {0}.', line)
        : t('There are {0} invisible characters, the first in line {1}.', formatCount(count), line);
    case 'order':
      return t('Characters in line {0} change the order in which text is shown.', line);
    case 'spelled':
      return t('Invisible characters in line {0} say: “{1}”', line, text);
    case 'comment':
      return t('A comment in line {0} addresses the model: “{1}”', line, text);
  }
}
