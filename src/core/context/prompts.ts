import type { Excerpt } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';

/** What the model is sent for a user turn: the words, then every excerpt with its place. */
export function promptOf(turn: UserTurn): string {
  return [turn.text, ...turn.excerpts.map(describeExcerpt)].filter(part => part !== '').join('\n\n');
}

/** The line above an excerpt that says what it is. */
export function excerptHeading({ path, startLine, endLine, languageId }: Excerpt): string {
  return `File: ${path} (lines ${startLine}-${endLine}, ${languageId})`;
}

/** With its place, in a fence. */
export function describeExcerpt(excerpt: Excerpt): string {
  const fence = fenceFor(excerpt.code);
  const code = excerpt.code.endsWith('\n') ? excerpt.code : `${excerpt.code}\n`;
  return `${excerptHeading(excerpt)}\n${fence}${excerpt.languageId}\n${code}${fence}`;
}

/** A fence that no run of backticks in the code can close. */
export function fenceFor(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(run => run[0].length));
  return '`'.repeat(longest + 1);
}
