import type { UserTurn } from '../../shared/conversation.ts';
import { answerText, type AnswerRecord, expectsResults, type TurnRecord } from './turns.ts';
import { withoutAttached } from './attached.ts';
import { startOf } from './startOver.ts';

/** What stands in requests for all turns up to one; null: for an earlier conversation, before the first turn. */
export interface Summary {
  throughTurnId: string | null;
  /** What the model has written, and perhaps the user has edited. */
  turn: AnswerRecord;
}

/** What requests of a conversation say otherwise than its turns, which stay as they are. */
export interface Condensed {
  /** The latest last; that counts, as far as its turns are in the conversation. */
  summaries: Summary[];
  /** What is left out of what was attached, by the ids of `attachedTo`. */
  omitted: readonly string[];
}

/** Whether requests can send it: it has come to its end and says something. */
export function isUsable({ turn }: Summary): boolean {
  return turn.state.phase === 'complete' && answerText(turn).trim() !== '';
}

/** The latest summary of turns that are in this conversation, of those that `fits`. */
export function summaryOf(
  turns: readonly TurnRecord[],
  summaries: readonly Summary[],
  fits: (summary: Summary) => boolean = () => true,
): Summary | undefined {
  return summaries.findLast(
    summary =>
      fits(summary) && (summary.throughTurnId === null || turns.some(({ id }) => id === summary.throughTurnId)),
  );
}

/** The summary that requests send: the latest that says something, unless they begin behind what it is about. */
export function usedSummary(turns: readonly TurnRecord[], summaries: readonly Summary[]): Summary | undefined {
  const summary = summaryOf(turns, summaries, isUsable);
  if (!summary) return undefined;
  const start = startOf(turns);
  return start === undefined || turns.findIndex(({ id }) => id === summary.throughTurnId) >= start
    ? summary
    : undefined;
}

/** The turns as requests send them. What is not touched keeps its identity, by which its size is remembered. */
export function turnsToSend(turns: readonly TurnRecord[], { summaries, omitted }: Condensed): readonly TurnRecord[] {
  const summary = usedSummary(turns, summaries);
  const first = summary ? turns.findIndex(({ id }) => id === summary.throughTurnId) + 1 : (startOf(turns) ?? 0);
  const kept = turns.slice(first);
  const sent = omitted.length === 0 ? kept : kept.map(turn => without(turn, omitted));
  return summary ? [spoken(summary.turn), ...sent] : sent;
}

/** Turns as they were made without some of what was attached. */
const lighter = new WeakMap<TurnRecord, { omitted: readonly string[]; content: unknown; turn: TurnRecord }>();

function without(turn: TurnRecord, omitted: readonly string[]): TurnRecord {
  // An answer gets its calls, and their results, in place; without any it is the same.
  const content = turn.role === 'user' ? undefined : turn.calls;
  if (turn.role === 'assistant' && !content) return turn;
  const known = lighter.get(turn);
  if (known?.omitted === omitted && known.content === content) return known.turn;
  const made = { omitted, content, turn: withoutAttached(turn, new Set(omitted)) };
  lighter.set(turn, made);
  return made.turn;
}

/** Summaries as they were sent, for as long as they say the same. */
const spokenSummaries = new WeakMap<AnswerRecord, { content: unknown; spoken: UserTurn }>();

function spoken(turn: AnswerRecord): UserTurn {
  const known = spokenSummaries.get(turn);
  if (known?.content === turn.content) return known.spoken;
  const made = { content: turn.content, spoken: speak(turn) };
  spokenSummaries.set(turn, made);
  return made.spoken;
}

function speak(turn: AnswerRecord): UserTurn {
  const text = [
    'This conversation began earlier. What was said until now is summarised here and stands in its place:',
    `<summary>\n${answerText(turn).trim()}\n</summary>`,
  ].join('\n\n');
  return { id: turn.id, role: 'user', createdAt: turn.createdAt, intent: 'chat', text, excerpts: [] };
}

/**
 * The last of the turns that are to be summed up, or undefined where there is nothing to sum up. A question without an
 * answer stays as it is, since it is to be asked again; so does the last exchange, unless there is no other or it fills
 * more than a quarter of the window by itself. A tool's result stays with its call.
 */
export function lastToSummarize(
  turns: readonly TurnRecord[],
  scope: 'older' | 'all',
  isLarge: (exchange: readonly TurnRecord[]) => boolean,
): string | undefined {
  const exchanges = exchangesOf(turns);
  const last = exchanges.at(-1);
  if (last && !isAnswered(last)) exchanges.pop();
  else if (last && scope === 'older' && exchanges.length > 1 && !isLarge(last)) exchanges.pop();
  return exchanges.at(-1)?.at(-1)?.id;
}

/** Cuts a conversation before every question, so that each piece can be sent without the others. */
export function exchangesOf(turns: readonly TurnRecord[]): TurnRecord[][] {
  const exchanges: TurnRecord[][] = [];
  turns.forEach((turn, index) => {
    const current = exchanges.at(-1);
    if (!current || (turn.role === 'user' && !callsTools(turns[index - 1]))) exchanges.push([turn]);
    else current.push(turn);
  });
  return exchanges;
}

function callsTools(turn: TurnRecord | undefined): boolean {
  return turn?.role === 'assistant' && expectsResults(turn);
}

function isAnswered(exchange: readonly TurnRecord[]): boolean {
  const last = exchange.at(-1);
  return last?.role === 'assistant' && last.state.phase !== 'failed';
}
