import { fenced } from '../../shared/turnMarkdown.ts';
import { tamedMarkdown } from './tamedMarkdown.ts';

declare const isTamed: unique symbol;

/** Markdown in which nothing of the model's begins or ends a block of ours, is HTML, loads, or leads elsewhere than https. */
export type CommentMarkdown = string & { readonly [isTamed]: true };

/**
 * The editor cuts Markdown after 100,000 characters, and what is cut may be the end of what made a text harmless: twice
 * the first (every character may be escaped) and the second stay below that.
 */
const longest = { explanation: 10_000, diff: 60_000 };

/** What a comment says below its title. The editor loads what an image names, and an address can carry code out. */
export function commentMarkdown(
  explanation: string,
  diff: string | undefined,
  suggestionHeading: string,
): CommentMarkdown {
  const parts = [tamedMarkdown(cut(explanation, longest.explanation))];
  if (diff !== undefined) parts.push(suggestionHeading, fenced('diff', cut(diff, longest.diff)));
  return parts.filter(part => part !== '').join('\n\n') as CommentMarkdown;
}

/** Lines as they were and as they shall be. */
export function suggestionDiff(old: readonly string[], now: readonly string[]): string {
  return [...old.map(line => `-${line}`), ...now.map(line => `+${line}`)].join('\n');
}

function cut(text: string, length: number): string {
  const wellFormed = text.toWellFormed().replace(/\r\n?/g, '\n');
  return wellFormed.length <= length ? wellFormed : `${wellFormed.slice(0, length).toWellFormed()}…`;
}
