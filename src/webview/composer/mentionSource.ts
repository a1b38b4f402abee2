import type { Signal } from '@preact/signals';
import type { MentionItem } from '../../shared/mention.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { t } from '../l10n.ts';
import { MentionRequests } from './mentionRequests.ts';
import type { SuggestionSource } from './suggesting.ts';

/** Offers what can be attached, wherever a word begins with `@`. */
export function createMentionSource(
  post: (message: ViewMessage) => void,
  answers: Signal<{ requestId: number; items: MentionItem[] } | undefined>,
): SuggestionSource {
  const requests = new MentionRequests(post, answers);
  const texts = new Map<string, string>();
  return {
    character: '@',
    place: 'wordStart',
    label: t('Attach'),
    find: async query => {
      const items = await requests.ask(requestId => ({ type: 'findMentions', requestId, query }));
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
