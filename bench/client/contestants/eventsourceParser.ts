import { createParser } from 'eventsource-parser';
import { request } from 'undici';
import { type Contestant, parseEvent, requestBody, requestHeaders, tellDelta } from '../contestant.ts';

/** What a careful author writes by hand: undici, the usual event stream parser, `JSON.parse` of every event. */
export const answer: Contestant['answer'] = async (baseUrl, onDelta, signal) => {
  const url = `${baseUrl}/v1/messages`;
  const { body } = await request(url, { method: 'POST', headers: requestHeaders, body: requestBody, signal });
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: event => tellDelta(parseEvent(event.data), onDelta) });
  for await (const chunk of body) parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
};
