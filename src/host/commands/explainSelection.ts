import type { PromptRunner } from '../prompts/promptRunner.ts';

/** Explains the selection, or without one the symbol or block at the cursor. */
export async function explainSelection(runner: PromptRunner): Promise<void> {
  await runner.run(runner.library.builtIn('explain'));
}
