import type { Fields } from '../../shared/json.ts';
import type { AnswerContent } from '../messages/wire.ts';

/** A tool use as the model has written it. */
export interface RequestedCall {
  /** Of its block in the answer. */
  index: number;
  name: string;
  /** Undefined where the JSON is broken, or cut. */
  input: Fields | undefined;
  /** As it came. */
  json: string;
  /** The limit of tokens was reached in it. */
  isCut?: true;
}

/** The tool uses of an answer, in their order. `isCut`: the limit of tokens has ended it. */
export function requestedCalls(content: readonly AnswerContent[], isCut = false): RequestedCall[] {
  return content.flatMap((block, index): RequestedCall[] => {
    if (block.type !== 'tool_use') return [];
    const { name, input, inputJson: json } = block;
    const isLast = index === content.length - 1;
    return [{ index, name, input, json, ...(isCut && isLast && input === undefined && { isCut }) }];
  });
}
