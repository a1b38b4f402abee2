import type { OriginMemory } from './originMemory.ts';

/** `unknown`: not asked, or an answer that proves neither. */
export type Capability = 'yes' | 'no' | 'unknown';

export const capabilities = ['streaming', 'countTokens', 'tools', 'thinking', 'images'] as const;

/** What an endpoint has been seen to do. Thinking and images were asked of one model. */
export type CapabilityProfile = Record<(typeof capabilities)[number], Capability> & {
  model: string;
  /** Milliseconds since the epoch. */
  checkedAt: number;
};

/** The profiles of all origins that were checked, from one session of the editor to the next. */
export class CapabilityProfiles {
  readonly #memory: OriginMemory;

  constructor(memory: OriginMemory) {
    this.#memory = memory;
  }

  of(origin: string): CapabilityProfile | undefined {
    return parseProfile(this.#memory.read(origin));
  }

  keep(origin: string, profile: CapabilityProfile): void {
    this.#memory.write(origin, profile);
  }
}

function parseProfile(kept: unknown): CapabilityProfile | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { model, checkedAt } = kept as Record<string, unknown>;
  if (typeof model !== 'string' || typeof checkedAt !== 'number') return undefined;
  const read = (name: (typeof capabilities)[number]): Capability => {
    const value = (kept as Record<string, unknown>)[name];
    return value === 'yes' || value === 'no' ? value : 'unknown';
  };
  return {
    streaming: read('streaming'),
    countTokens: read('countTokens'),
    tools: read('tools'),
    thinking: read('thinking'),
    images: read('images'),
    model,
    checkedAt,
  };
}
