import { isTextTooDeep } from './nesting.ts';

/** What a JSON object is before anybody knows what is in it. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Brackets: what a tool's input may hold that is nested too deep to be used, so that the answer around it is kept. */
const mostTooDeep = 150_000;

/** The value that `text` is the JSON of; undefined where it is none, or more of it is nested deeper than anybody means. */
export function parseJson(text: string, most = mostTooDeep): unknown {
  if (isTextTooDeep(text, most)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
