import type { Usage } from '../../shared/conversation.ts';
import type { WireUsage } from './wire.ts';

/** The counts that an endpoint has given; undefined where it gave none. */
export function usageOf(wire: WireUsage): Usage | undefined {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = wire;
  const usage = {
    ...(input_tokens !== undefined && { inputTokens: input_tokens }),
    ...(output_tokens !== undefined && { outputTokens: output_tokens }),
    ...(cache_read_input_tokens !== undefined && { cacheReadTokens: cache_read_input_tokens }),
    ...(cache_creation_input_tokens !== undefined && { cacheWriteTokens: cache_creation_input_tokens }),
  };
  return Object.keys(usage).length > 0 ? usage : undefined;
}
