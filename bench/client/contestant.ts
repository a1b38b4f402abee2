/** What every contestant's bundle exports: a client of the Messages API that streams one answer. */
export interface Contestant {
  /**
   * Asks `${baseUrl}/v1/messages` and reads the answer to its end, in the way the client's users do. `onDelta` is told
   * of every piece of text or tool input; a contestant that knows only bytes tells of none.
   */
  answer(baseUrl: string, onDelta: (text: string) => void, signal: AbortSignal): Promise<void>;
  /** What is done ahead of the first question, and not measured. */
  warmUp?(baseUrl: string): Promise<void>;
}

/** No real model: the SDK warns of those that it believes to be retired soon. */
export const model = 'claude-bench';
export const prompt = 'Count.';
export const maxTokens = 8192;

/** The tool whose input the tool cases stream. */
export const tool = {
  name: 'report',
  description: 'Takes the findings of a review.',
  input_schema: { type: 'object' as const, properties: { findings: { type: 'array' } } },
};

/** For the contestants that send by hand. */
export const requestBody = JSON.stringify({
  model,
  max_tokens: maxTokens,
  stream: true,
  tools: [tool],
  messages: [{ role: 'user', content: prompt }],
});

export const requestHeaders = {
  'content-type': 'application/json',
  'anthropic-version': '2023-06-01',
  'x-api-key': 'bench',
};

/** The part of the protocol's events that tells of a delta. */
interface DeltaEvent {
  type: string;
  delta?: { type?: string; text?: string; partial_json?: string };
}

export function tellDelta(event: DeltaEvent, onDelta: (text: string) => void): void {
  if (event.type !== 'content_block_delta') return;
  const text = event.delta?.text ?? event.delta?.partial_json;
  if (text !== undefined) onDelta(text);
}

export function parseEvent(data: string): DeltaEvent {
  return JSON.parse(data) as DeltaEvent;
}
