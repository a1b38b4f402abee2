import type { OriginMemory } from '../../core/endpoint/originMemory.ts';
import type { CountingMemory } from '../../core/tokens/countTokens.ts';

/** Remembers which endpoints can't count tokens. */
export function createCountingMemory(memory: OriginMemory): CountingMemory {
  return {
    isUnavailable: origin => memory.read(origin) === false,
    setUnavailable: origin => memory.write(origin, false),
  };
}
