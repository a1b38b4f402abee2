import { signThinking } from './signature.ts';
import { countTokens, firstTokens } from './tokens.ts';
import { blockText } from './usage.ts';
import type { Answer, AnswerBlock, MessagesRequest } from './wire.ts';

/** The answer as far as the request's stop sequences and max_tokens let it come. */
export function limited(answer: Answer, request: MessagesRequest): Answer {
  return withinTokens(untilStopSequence(answer, request.stopSequences), request.maxTokens);
}

/** Stop sequences are looked for in text only, and the sequence itself is not part of the answer. */
function untilStopSequence(answer: Answer, sequences: readonly string[]): Answer {
  for (const [index, block] of answer.blocks.entries()) {
    if (block.type !== 'text') continue;
    const stop = firstStop(block.text, sequences);
    if (stop === undefined) continue;
    const cut: AnswerBlock = { type: 'text', text: block.text.slice(0, stop.at) };
    const before = answer.blocks.slice(0, index);
    return {
      blocks: cut.text === '' ? before : [...before, cut],
      stopReason: 'stop_sequence',
      stopSequence: stop.sequence,
    };
  }
  return answer;
}

function firstStop(
  text: string,
  sequences: readonly string[],
): { readonly at: number; readonly sequence: string } | undefined {
  const stops = sequences.map(sequence => ({ at: text.indexOf(sequence), sequence })).filter(stop => stop.at >= 0);
  // A model stops at the sequence that is complete first.
  return stops.sort((a, b) => a.at + a.sequence.length - (b.at + b.sequence.length))[0];
}

function withinTokens(answer: Answer, maxTokens: number): Answer {
  let left = maxTokens;
  const blocks: AnswerBlock[] = [];
  for (const block of answer.blocks) {
    const tokens = countTokens(blockText(block));
    if (tokens <= left) {
      left -= tokens;
      blocks.push(block);
      continue;
    }
    if (left > 0) blocks.push(cutBlock(block, left));
    return { blocks, stopReason: 'max_tokens', stopSequence: null };
  }
  return answer;
}

function cutBlock(block: AnswerBlock, tokens: number): AnswerBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: firstTokens(block.text, tokens) };
    case 'thinking': {
      const thinking = firstTokens(block.thinking, tokens);
      return { ...block, thinking, signature: signThinking(thinking) };
    }
    case 'redacted_thinking':
      return block;
    case 'tool_use':
      return { ...block, json: firstTokens(block.name + block.json, tokens).slice(block.name.length) };
  }
}
