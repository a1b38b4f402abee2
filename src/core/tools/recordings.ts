import { type Fields, isFields } from '../../shared/json.ts';

/** What a tool has once answered. */
export interface RecordedResult {
  text: string;
  isError: boolean;
}

/** Results by inputs, as they are stored. */
export type Recordings = Record<string, RecordedResult>;

/** Of one tool: the oldest go first. */
export const mostRecorded = 50;
/** Characters of a result that can be recorded. */
export const longestRecorded = 20_000;

/** As they were stored, whoever has written that. */
export function parseRecordings(value: unknown): Recordings {
  const entries = isFields(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, RecordedResult] => isRecorded(entry[1])));
}

function isRecorded(value: unknown): boolean {
  return isFields(value) && typeof value['text'] === 'string' && typeof value['isError'] === 'boolean';
}

/** What was recorded for this input, in whatever order its fields stand. */
export function recordedFor(recordings: Recordings, input: Fields): RecordedResult | undefined {
  const key = keyOf(input);
  return Object.hasOwn(recordings, key) ? recordings[key] : undefined;
}

export function withRecording(recordings: Recordings, input: Fields, result: RecordedResult): Recordings {
  const key = keyOf(input);
  const others = Object.entries(recordings).filter(([other]) => other !== key);
  return Object.fromEntries([...others.slice(1 - mostRecorded), [key, result]]);
}

function keyOf(input: Fields): string {
  return JSON.stringify(input, (_, value: unknown) =>
    isFields(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
