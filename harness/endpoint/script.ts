import type { Fault, ScriptedBlock } from './faults.ts';
import { newId } from './random.ts';
import { redactThinking, signThinking } from './signature.ts';
import type { Answer, AnswerBlock } from './wire.ts';

/** The answer that a test has written itself. It is not cut by max_tokens or stop sequences. */
export function scriptedAnswer(script: Extract<Fault, { readonly kind: 'script' }>): Answer {
  const callsTool = script.content.some(block => block.type === 'tool_use');
  return {
    blocks: script.content.map(scriptedBlock),
    stopReason: script.stopReason ?? (callsTool ? 'tool_use' : 'end_turn'),
    stopSequence: script.stopSequence ?? null,
    ...(script.stopDetails === undefined ? {} : { stopDetails: script.stopDetails }),
  };
}

function scriptedBlock(block: ScriptedBlock): AnswerBlock {
  switch (block.type) {
    case 'text':
      return block;
    case 'thinking':
      return { ...block, signature: block.signature ?? signThinking(block.thinking) };
    case 'redacted_thinking':
      return { ...block, data: block.data ?? redactThinking('hidden') };
    case 'tool_use':
      return {
        type: 'tool_use',
        id: block.id ?? newId('toolu'),
        name: block.name,
        json: block.json ?? JSON.stringify(block.input ?? {}),
      };
  }
}
