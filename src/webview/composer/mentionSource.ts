import type { MentionRequest } from '../../shared/protocol/mentions.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { t } from '../ui/l10n.ts';
import { type Ask, askLatest } from '../requests.ts';
import type { SuggestionSource } from './suggesting.ts';

/** Offers what can be attached, wherever a word begins with `@`. */
export function createMentionSource(post: (message: ViewMessage) => void, ask: Ask): SuggestionSource {
  const find = askLatest<MentionRequest & { type: 'findMentions' }>(ask);
  const texts = new Map<string, string>();
  return {
    character: '@',
    place: 'wordStart',
    label: t('Attach'),
    find: async query => {
      const items = (await find({ type: 'findMentions', query })) ?? [];
      for (const { id, text } of items) texts.set(id, text);
      return items;
    },
    pick: ({ id }) => {
      const text = texts.get(id) ?? '';
      texts.clear();
      if (text.startsWith('@')) return text;
      post({ type: 'attachMention', id });
      return text === '' ? '' : `${text} `;
    },
  };
}
