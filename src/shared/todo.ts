import { type Fields, isFields, parseJson } from './json.ts';

export const stepStates = ['open', 'doing', 'done'] as const;
export type StepState = (typeof stepStates)[number];

/** One step of what a model is about to do, as it has written it. */
export interface TodoStep {
  text: string;
  state: StepState;
}

/** More is no list that one looks at. */
const mostSteps = 100;
/** Characters of a step that are kept. */
const longestStep = 300;

/** The steps of a call's input; undefined where it is no list of such. */
export function parseTodo({ steps }: Fields): TodoStep[] | undefined {
  // Some models hand a list over as text.
  const list = typeof steps === 'string' ? parseJson(steps) : steps;
  if (!Array.isArray(list) || list.length > mostSteps) return undefined;
  const parsed = (list as unknown[]).map(parseStep);
  return parsed.includes(undefined) ? undefined : parsed.filter(step => step !== undefined);
}

function parseStep(value: unknown): TodoStep | undefined {
  if (!isFields(value) || typeof value['text'] !== 'string') return undefined;
  const text = value['text'].replace(/\s+/g, ' ').trim().slice(0, longestStep).toWellFormed();
  const state = stepStates.find(known => known === value['state']);
  return text === '' || !state ? undefined : { text, state };
}

/** As much of a turn as decides about its list. */
interface Listing {
  role: 'user' | 'assistant';
  id: string;
  calls?: readonly ListingCall[];
}

interface ListingCall {
  index: number;
  state: string;
  todo?: TodoStep[];
}

/** The list as the model has left it: that of the last call which has brought one. */
export function lastTodo(turns: readonly Listing[]): TodoStep[] | undefined {
  return lastListing(turns)?.call.todo;
}

/** Names that list among all of the conversation. */
export function lastTodoId(turns: readonly Listing[]): string | undefined {
  const last = lastListing(turns);
  return last && `${last.turnId}:${last.call.index}`;
}

function lastListing(turns: readonly Listing[]): { turnId: string; call: ListingCall } | undefined {
  for (const { id, calls } of turns.toReversed()) {
    const call = calls?.findLast(({ todo, state }) => todo !== undefined && state === 'done');
    if (call) return { turnId: id, call };
  }
  return undefined;
}

export function doneSteps(steps: readonly TodoStep[]): number {
  return steps.filter(({ state }) => state === 'done').length;
}
