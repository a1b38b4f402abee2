import type { Excerpt, UserTurn } from '../../shared/conversation.ts';

/** What the model is sent for a user turn: the words, then every excerpt with its place. */
export function promptOf(turn: UserTurn): string {
  return [turn.text, ...turn.excerpts.map(describeExcerpt)].filter(part => part !== '').join('\n\n');
}

function describeExcerpt(excerpt: Excerpt): string {
  const place = `lines ${excerpt.startLine}-${excerpt.endLine}, ${excerpt.languageId}`;
  const fence = fenceFor(excerpt.code);
  const code = excerpt.code.endsWith('\n') ? excerpt.code : `${excerpt.code}\n`;
  return `File: ${excerpt.path} (${place})\n${fence}${excerpt.languageId}\n${code}${fence}`;
}

/** A fence that no run of backticks in the code can close. */
export function fenceFor(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(run => run[0].length));
  return '`'.repeat(longest + 1);
}
