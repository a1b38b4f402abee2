import type { Turn } from '../../shared/conversation.ts';
import { conversationMarkdown, turnMarkdown } from '../../shared/turnMarkdown.ts';
import { toView, type TurnRecord } from '../conversation/turns.ts';
import { goesOut } from './toMessages.ts';

/** Characters of the last turns: those before them stay behind. */
const mostCharacters = 400_000;

/** A conversation as it goes along with a message of another one: Markdown to be read. */
export interface EarlierConversation {
  text: string;
  /** How many of its turns the text holds. */
  turns: number;
  of: number;
}

/**
 * What of a conversation another one may be told: what its own requests would send. An answer that the user's check has
 * not let pass is not in it. Undefined where nothing is left.
 */
export function earlierConversation(title: string, turns: readonly TurnRecord[]): EarlierConversation | undefined {
  const said = turns.filter((turn, at) => goesOut(turns, at) && !isUnchecked(turn)).map(toView);
  let characters = 0;
  const isTooMuch = (turn: Turn): boolean => (characters += turnMarkdown(turn).length) > mostCharacters;
  // The last one goes along in any case.
  const kept = said.slice(Math.min(said.findLastIndex(isTooMuch) + 1, said.length - 1));
  if (kept.length === 0) return undefined;
  return { text: conversationMarkdown(title, kept), turns: kept.length, of: turns.length };
}

function isUnchecked(turn: TurnRecord): boolean {
  return turn.role === 'assistant' && turn.check !== undefined;
}

/** Tells the model what it is. Two of one title have begun at different times. */
export function headingOf(name: string, turns: readonly TurnRecord[]): string {
  return `Earlier conversation “${name}”, begun ${new Date(turns[0]?.createdAt ?? 0).toISOString()}:`;
}
