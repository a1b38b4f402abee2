import type { Finding } from '../../shared/conversation.ts';
import { fenced } from '../../shared/turnMarkdown.ts';
import { tamedMarkdown, tamedTitle } from './tamedMarkdown.ts';

declare const isTamed: unique symbol;

/** Markdown in which nothing of the model's begins or ends a block of ours, is HTML, loads, or leads elsewhere than https. */
export type CommentMarkdown = string & { readonly [isTamed]: true };

/**
 * The editor cuts Markdown after 100,000 characters, and what is cut may be the end of what made a text harmless: twice
 * the first two (every character may be escaped) and the last stay below that.
 */
const longest = { title: 500, explanation: 10_000, replacement: 30_000 };

/** The text of a comment thread. The editor loads what an image names, and an address can carry code out. */
export function commentMarkdown(finding: Finding, languageId: string, suggestionHeading: string): CommentMarkdown {
  const { title, explanation, replacement } = finding;
  const parts = [titleMarkdown(cut(title, longest.title)), tamedMarkdown(cut(explanation, longest.explanation))];
  if (replacement !== undefined) {
    const language = /^[\w+#.-]*$/.test(languageId) ? languageId : '';
    parts.push(suggestionHeading, fenced(language, cut(replacement, longest.replacement)));
  }
  return parts.filter(part => part !== '').join('\n\n') as CommentMarkdown;
}

function titleMarkdown(title: string): string {
  const line = title.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === '' ? '' : tamedTitle(line);
}

function cut(text: string, length: number): string {
  const wellFormed = text.toWellFormed().replace(/\r\n?/g, '\n');
  return wellFormed.length <= length ? wellFormed : `${wellFormed.slice(0, length).toWellFormed()}…`;
}
