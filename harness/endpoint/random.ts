import { randomBytes } from 'node:crypto';

const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * Ids are really random although the answers are not: a conversation outlives the process, and a tool_use id that
 * comes up twice in one conversation is refused.
 */
export function newId(prefix: string): string {
  const letters = [...randomBytes(22)].map(byte => LETTERS[byte % LETTERS.length] ?? '1');
  return `${prefix}_01${letters.join('')}`;
}

/** Numbers that look irregular and are the same in every run: a small generator (mulberry32) seeded by the text. */
export function irregular(seed: string): () => number {
  let state = 2166136261;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
