import { isFields } from '../../shared/json.ts';
import type { Outcome, Verdict } from './check.ts';

const verdicts: readonly Verdict[] = ['allow', 'ask', 'block'];

/** Characters of a reason, and of a program's words, that are shown. */
const longest = 1_000;

/** What a check has answered: an object with `verdict`, and perhaps a `reason`. All else is no verdict. */
export function readVerdict(answer: string): Outcome {
  const value = parsed(answer);
  const verdict = isFields(value) ? verdicts.find(known => known === value['verdict']) : undefined;
  if (!isFields(value) || !verdict) return { kind: 'failed', failure: 'noVerdict', detail: shown(answer) };
  const { reason } = value;
  return { kind: 'verdict', verdict, reason: typeof reason === 'string' ? shown(reason) : '' };
}

/** Somebody else's words, so that they fit a card. */
export function shown(words: string): string {
  const plain = words
    .slice(0, 2 * longest)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
