import { anthropicAddress } from './keyPlaces.ts';

export type KeySource = 'stored' | 'environment' | 'missing';

/** The secret's name for an origin: a key is never found under another origin than it was stored for. */
export function secretName(origin: string): string {
  return `apiKey:${origin}`;
}

/**
 * The key that the environment offers for an origin. `ANTHROPIC_API_KEY` is meant for Anthropic and goes nowhere else;
 * `MARGINALIA_API_KEY` was set for this extension and goes to the base URL that the user has set.
 */
export function environmentKey(origin: string, env: Record<string, string | undefined>): string | undefined {
  const own = env['MARGINALIA_API_KEY']?.trim();
  if (own) return own;
  const anthropic = env['ANTHROPIC_API_KEY']?.trim();
  return anthropic && origin === anthropicAddress ? anthropic : undefined;
}

/** Why a pasted key can't be one: it is sent as a header, which takes visible ASCII only. */
export function keyProblem(pasted: string): 'empty' | 'hasSpaces' | 'notAscii' | undefined {
  const key = pasted.trim();
  if (key === '') return 'empty';
  if (/\s/.test(key)) return 'hasSpaces';
  return /^[\x21-\x7e]+$/.test(key) ? undefined : 'notAscii';
}
