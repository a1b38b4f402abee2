import type { KeyPlace } from '../../shared/keyPlaces.ts';
import { parseBaseUrl } from '../transport/baseUrl.ts';

export const anthropicAddress = 'https://api.anthropic.com';

/**
 * The addresses that can be chosen without typing one. The relay's is the base URL that is set, unless that is
 * Anthropic's, or none: then the one that this extension comes with.
 */
export function knownAddresses(set: string, preset: string): Record<Exclude<KeyPlace, 'another'>, string> {
  const baseUrl = parseBaseUrl(set);
  const isRelay = baseUrl.ok && baseUrl.origin !== anthropicAddress;
  return { anthropic: anthropicAddress, relay: isRelay ? baseUrl.tidy : preset };
}
