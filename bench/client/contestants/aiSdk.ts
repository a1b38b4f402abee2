import { createAnthropic } from '@ai-sdk/anthropic';
import { jsonSchema, streamText } from 'ai';
import { type Contestant, maxTokens, model, prompt, tool } from '../contestant.ts';

/** The AI SDK's streamText over its provider. */
export const answer: Contestant['answer'] = async (baseUrl, onDelta, signal) => {
  const provider = createAnthropic({ baseURL: `${baseUrl}/v1`, apiKey: 'bench' });
  const result = streamText({
    model: provider(model),
    prompt,
    maxOutputTokens: maxTokens,
    maxRetries: 0,
    abortSignal: signal,
    tools: {
      [tool.name]: { description: tool.description, inputSchema: jsonSchema({ ...tool.input_schema, properties: {} }) },
    },
  });
  for await (const part of result.stream) {
    if (part.type === 'text-delta') onDelta(part.text);
    else if (part.type === 'tool-input-delta') onDelta(part.delta);
    else if (part.type === 'error') throw part.error;
  }
};
