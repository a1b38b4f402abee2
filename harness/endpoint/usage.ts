import { countTokens } from './tokens.ts';
import type { AnswerBlock, PromptPart } from './wire.ts';

/** Everything the model would read. */
export function inputTokens(prompt: readonly PromptPart[]): number {
  return prompt.reduce((sum, part) => sum + part.tokens, 0);
}

/** Everything it wrote, thinking included; at least one token, as even an empty answer costs something. */
export function outputTokens(blocks: readonly AnswerBlock[]): number {
  return Math.max(
    1,
    blocks.reduce((sum, block) => sum + countTokens(blockText(block)), 0),
  );
}

export function blockText(block: AnswerBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'thinking':
      return block.thinking;
    case 'redacted_thinking':
      return '';
    case 'tool_use':
      return block.name + block.json;
  }
}
