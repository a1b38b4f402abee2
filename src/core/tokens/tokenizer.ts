/** Which of the vendor's tokenizers a model reads with: the newer one cuts words of Latin letters into more pieces. */
export type Tokenizer = 'claude3' | 'claude47';

/**
 * The tokenizer of a model by its id, whatever a relay has put before or behind it. Opus from 4.7 on and every family
 * from 5 on have the newer one. An unknown model counts as an older one.
 */
export function tokenizerOf(modelId: string): Tokenizer {
  const found = versionOf(modelId);
  if (!found) return 'claude3';
  return found.version >= 5 || (found.family === 'opus' && found.version >= 4.7) ? 'claude47' : 'claude3';
}

/** Tokens of the instructions that the service itself adds to a request with tools, by model and tool choice. */
export function toolInstructionTokens(modelId: string, forced: boolean): number {
  const found = versionOf(modelId);
  const isOlder = found !== undefined && found.version < 4.5;
  if (isOlder) return forced ? 313 : 346;
  return forced ? 588 : 496;
}

function versionOf(modelId: string): { family: string; version: number } | undefined {
  const found = /claude-(haiku|sonnet|opus|fable|mythos)-(\d)(?:[-.](\d)(?!\d))?/i.exec(modelId);
  if (!found?.[1]) return undefined;
  return { family: found[1].toLowerCase(), version: Number(found[2]) + Number(found[3] ?? 0) / 10 };
}
