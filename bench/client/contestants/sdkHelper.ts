import Anthropic from '@anthropic-ai/sdk';
import { type Contestant, maxTokens, model, prompt, tool } from '../contestant.ts';

/** The vendor's SDK, its helper that assembles the message: the nearest to what ours hands out. */
export const answer: Contestant['answer'] = async (baseUrl, onDelta, signal) => {
  const client = new Anthropic({ baseURL: baseUrl, apiKey: 'bench' });
  const stream = client.messages.stream(
    { model, max_tokens: maxTokens, tools: [tool], messages: [{ role: 'user', content: prompt }] },
    { signal },
  );
  stream.on('text', text => onDelta(text));
  stream.on('inputJson', piece => onDelta(piece));
  await stream.finalMessage();
};
