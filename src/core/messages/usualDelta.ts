import type { AnswerAssembler, GrowingType } from './assembler.ts';

/** One kind of the events that nearly all of an answer is made of, as it is written when nothing is unusual about it. */
interface UsualDelta {
  block: GrowingType;
  pattern: RegExp;
  textStart: number;
}

const indexAt = '{"type":"content_block_delta","index":'.length;
const end = '"}}';
/** The second letter of a delta's type tells them apart, so that one pattern has to be tried and not each. */
const letterAt = '{"type":"content_block_delta","index":0,"delta":{"type":"t'.length;
const usualDeltas: Record<string, UsualDelta | undefined> = {
  e: usualDelta('text', 'text_delta', 'text'),
  n: usualDelta('tool_use', 'input_json_delta', 'partial_json'),
  h: usualDelta('thinking', 'thinking_delta', 'thinking'),
};
/** Longer ones are rare, and not worth the steps back that the pattern's matching remembers, one for each character. */
const longestUsual = 4_096;

/**
 * Takes a usual delta without parsing the event, which is most of what reading one costs, or says no. The pattern holds
 * from end to end, for these keys in this order, and lets only JSON's own strings pass: parsing would give the same.
 */
export function takeUsualDelta(assembler: Pick<AnswerAssembler, 'delta'>, data: string): boolean {
  if (data.length > longestUsual) return false;
  const usual = usualDeltas[data.charAt(letterAt)];
  if (!usual?.pattern.test(data)) return false;
  const text = data.includes('\\', usual.textStart)
    ? // With the quotes around it, which stand there already.
      (JSON.parse(data.slice(usual.textStart - 1, 1 - end.length)) as string)
    : data.slice(usual.textStart, -end.length);
  assembler.delta(Number(data[indexAt]), usual.block, text);
  return true;
}

function usualDelta(block: GrowingType, type: string, key: string): UsualDelta {
  const head = (index: string): string =>
    `{"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${key}":"`;
  const plain = String.raw`[^"\\\u0000-\u001f]*`;
  const escape = String.raw`\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})`;
  const source = head('[0-9]').replaceAll('{', String.raw`\{`);
  return {
    block,
    pattern: new RegExp(`^${source}${plain}(?:${escape}${plain})*${end}$`),
    textStart: head('0').length,
  };
}
