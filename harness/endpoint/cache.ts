import { createHash } from 'node:crypto';
import type { MessagesRequest, PromptPart, Usage } from './wire.ts';
import { inputTokens } from './usage.ts';

const LIFE_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;

/** How many parts before a cache mark the service looks back for a prefix it knows. */
const LOOKBACK = 20;

type InputUsage = Omit<Usage, 'output_tokens' | 'service_tier'>;

/** Remembers prompts up to their cache marks, as long as the service would. */
export class PromptCache {
  readonly #expiryByPrefix = new Map<string, number>();

  /** What the input costs this time; remembers its marked prefixes for the next. */
  read(request: MessagesRequest): InputUsage {
    const total = inputTokens(request.prompt);
    const prefixes = prefixesOf(request);
    const marks = prefixes.filter(prefix => prefix.ttl !== undefined && prefix.tokens >= request.model.minCacheTokens);
    const known = this.#longestKnown(prefixes, marks);
    const created = { '5m': 0, '1h': 0 };
    let counted = known;
    for (const mark of marks) {
      const ttl = mark.ttl ?? '5m';
      this.#expiryByPrefix.set(mark.hash, Date.now() + LIFE_MS[ttl]);
      if (mark.tokens <= counted) continue;
      created[ttl] += mark.tokens - counted;
      counted = mark.tokens;
    }
    return {
      input_tokens: total - counted,
      cache_creation_input_tokens: created['5m'] + created['1h'],
      cache_read_input_tokens: known,
      cache_creation: { ephemeral_5m_input_tokens: created['5m'], ephemeral_1h_input_tokens: created['1h'] },
    };
  }

  #longestKnown(prefixes: readonly Prefix[], marks: readonly Prefix[]): number {
    const now = Date.now();
    const known = prefixes.filter(
      prefix =>
        (this.#expiryByPrefix.get(prefix.hash) ?? 0) > now &&
        marks.some(mark => mark.place >= prefix.place && mark.place - prefix.place <= LOOKBACK),
    );
    return known.at(-1)?.tokens ?? 0;
  }
}

interface Prefix {
  readonly place: number;
  readonly hash: string;
  readonly tokens: number;
  readonly ttl: PromptPart['cacheTtl'];
}

function prefixesOf(request: MessagesRequest): readonly Prefix[] {
  const hash = createHash('sha256').update(request.model.id);
  let tokens = 0;
  let inMessages = false;
  return request.prompt.map((part, place) => {
    // Another thinking or tool choice makes the messages, but not the tools and the system prompt, a new prefix.
    if (part.area === 'messages' && !inMessages) hash.update(JSON.stringify([request.thinking, request.toolChoice]));
    inMessages = part.area === 'messages';
    tokens += part.tokens;
    hash.update(`\n${part.area}\n${part.identity}`);
    return { place, hash: hash.copy().digest('hex'), tokens, ttl: part.cacheTtl };
  });
}
