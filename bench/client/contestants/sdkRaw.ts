import Anthropic from '@anthropic-ai/sdk';
import { type Contestant, maxTokens, model, prompt, tellDelta, tool } from '../contestant.ts';

/** The vendor's SDK, its raw events. */
export const answer: Contestant['answer'] = async (baseUrl, onDelta, signal) => {
  const client = new Anthropic({ baseURL: baseUrl, apiKey: 'bench' });
  const stream = await client.messages.create(
    { model, max_tokens: maxTokens, stream: true, tools: [tool], messages: [{ role: 'user', content: prompt }] },
    { signal },
  );
  for await (const event of stream) {
    if (event.type === 'content_block_delta') tellDelta(event, onDelta);
  }
};
