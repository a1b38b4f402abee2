import { type AssistantTurn, isRunning, type Turn } from './conversation.ts';

/** What all answers to one message took together, with the tools between them. */
export interface RunFigures {
  rounds: number;
  /** With what came from the cache and went into it. */
  inputTokens: number;
  outputTokens: number;
  /** US dollars, an estimate; absent where the price of any answer is not known. */
  costUsd?: number;
  /** When the message was sent, and when the last of its answers was over (absent: it is not), in milliseconds since the epoch. */
  startedAt: number;
  endedAt?: number;
}

/**
 * Of the run that ends with the answer of this id, or has come there; undefined for any other turn, for an answer without
 * tools, and where the run's beginning is not among the turns.
 */
export function runFigures(turns: readonly Turn[], turnId: string): RunFigures | undefined {
  const end = turns.findLastIndex(({ id }) => id === turnId);
  const next = turns[end + 1];
  // A summary stands behind the last answer that it is about.
  const isLast = next === undefined || (next.role === 'user' ? !goesOn(next) : next.isSummary === true);
  if (end === -1 || !isLast) return undefined;
  const start = turns.findLastIndex((turn, at) => at < end && turn.role === 'user' && !goesOn(turn));
  const asked = turns[start];
  const last = turns[end];
  if (!asked || last?.role !== 'assistant') return undefined;
  const answers = turns.slice(start, end + 1).filter(isAnswer);
  if (answers.length < 2 && last.calls === undefined) return undefined;
  const costs = answers.flatMap(({ figures }) => (figures ? [figures.costUsd] : []));
  const costUsd = costs.reduce((sum, cost) => (sum === undefined || cost === undefined ? undefined : sum + cost), 0);
  return {
    rounds: answers.length,
    inputTokens: answers.reduce((sum, { usage = {} }) => sum + inputOf(usage), 0),
    outputTokens: answers.reduce((sum, { usage }) => sum + (usage?.outputTokens ?? 0), 0),
    ...(costUsd !== undefined && costs.length > 0 && { costUsd }),
    startedAt: asked.createdAt,
    ...(!isRunning(last) && { endedAt: endOf(last) }),
  };
}

function isAnswer(turn: Turn): turn is AssistantTurn {
  return turn.role === 'assistant' && !turn.isSummary;
}

/** Whether what it says belongs to the run that goes on. */
function goesOn({ handsBack, steers }: Turn & { role: 'user' }): boolean {
  return handsBack === true || steers === true;
}

function inputOf({
  inputTokens = 0,
  cacheReadTokens = 0,
  cacheWriteTokens = 0,
}: NonNullable<AssistantTurn['usage']>): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

function endOf({ createdAt, figures, calls = [] }: AssistantTurn): number {
  return calls.reduce((sum, { durationMs = 0 }) => sum + durationMs, createdAt + (figures?.durationMs ?? 0));
}
