import {
  type ClearanceAsk,
  type FoundKind,
  type FoundPlace,
  type FoundSecret,
  personalKinds,
} from '../../shared/clearance.ts';
import { listText } from '../../shared/listText.ts';
import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { formatCount } from '../ui/numberText.ts';

/** What was found, in a sentence. */
export function clearanceTitle({ found, more }: ClearanceAsk): string {
  if (found.every(({ kind }) => personalKinds.has(kind))) return t('Personal data was found in what would be sent.');
  const count = found.length + more;
  return count === 1
    ? t('A secret was found in what would be sent.')
    : t('{0} secrets were found in what would be sent.', formatCount(count));
}

export function kindText(kind: FoundKind): string {
  switch (kind) {
    case 'token':
      return t('Token');
    case 'privateKey':
      return t('Private key');
    case 'password':
      return t('Password');
    case 'value':
      return t('Secret value');
    case 'mail':
      return t('Mail address');
    case 'phone':
      return t('Phone number');
    case 'card':
      return t('Card number');
  }
}

/** Where it stands, the first places. */
export function placesText({ places, morePlaces }: FoundSecret): string {
  const more = morePlaces === 0 ? [] : [t('{0} more places', formatCount(morePlaces))];
  return listText([...places.map(placeText), ...more], language());
}

function placeText({ part, name = '', line }: FoundPlace): string {
  switch (part) {
    case 'file':
      return t('{0}, line {1}', name, line);
    case 'message':
      return t('your message, line {0}', line);
    case 'earlierMessage':
      return t('an earlier message, line {0}', line);
    case 'answer':
      return t('an earlier answer, line {0}', line);
    case 'system':
      return t('the system prompt, line {0}', line);
    case 'tools':
      return t('the tools');
    case 'toolCall':
      return t('the input of a tool: {0}', name);
    case 'toolResult':
      return t('the result of a tool: {0}, line {1}', name, line);
  }
}
