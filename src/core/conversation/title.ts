import type { UserTurn } from '../../shared/conversation.ts';

const longestTitle = 60;

/** A conversation's title, made from its first turn: its first line, cut between words. */
export function titleFrom(turn: UserTurn): string {
  const place = turn.excerpts.length === 1 ? turn.excerpts[0]?.path : undefined;
  const line = (turn.call ?? turn.text).trim().split('\n', 1)[0] ?? '';
  const title = place ? `${line} ${place}` : line;
  const characters = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  if (characters.length <= longestTitle) return title;
  const cut = characters.slice(0, longestTitle).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > longestTitle / 2 ? cut.slice(0, lastSpace) : cut}…`;
}
