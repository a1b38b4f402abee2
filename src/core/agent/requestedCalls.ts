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
}

/** The tool uses of an answer, in their order. */
export function requestedCalls(content: readonly AnswerContent[]): RequestedCall[] {
  return content.flatMap((block, index) =>
    block.type === 'tool_use' ? [{ index, name: block.name, input: block.input, json: block.inputJson }] : [],
  );
}
