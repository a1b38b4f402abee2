import type { Source } from '../../shared/conversation.ts';
import type { Citation } from '../messages/wire.ts';

/** Characters of what a source says of itself. */
const longestTitle = 300;
const longestQuote = 600;

/** What citations lead to, as it is shown; one that names nothing is not. */
export function sourcesOf(citations: readonly Citation[]): Source[] {
  return citations.flatMap(citation => sourceOf(citation) ?? []);
}

/** The source of search results of the user's own is whatever their tool calls so: an address where it is one. */
export function sourceOf(citation: Citation): Source | undefined {
  const address = [citation['url'], citation['source']].map(pageAt).find(found => found !== undefined);
  const named = [citation['title'], citation['document_title'], citation['source'], address].map(asText);
  const title = named.find(text => text !== '');
  if (title === undefined) return undefined;
  const quote = asText(citation['cited_text']);
  return {
    title: cut(title, longestTitle),
    ...(address !== undefined && { url: address }),
    ...(quote !== '' && { quote: cut(quote, longestQuote) }),
  };
}

function pageAt(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value) ? value : undefined;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
