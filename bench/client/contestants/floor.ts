import { request } from 'undici';
import { type Contestant, parseEvent, requestBody, requestHeaders, tellDelta } from '../contestant.ts';

/** The least that reads every event: lines are split at line feeds and every data line is parsed. Nothing is checked. */
export const answer: Contestant['answer'] = async (baseUrl, onDelta, signal) => {
  const url = `${baseUrl}/v1/messages`;
  const { body } = await request(url, { method: 'POST', headers: requestHeaders, body: requestBody, signal });
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = rest + text.slice(start, end);
      rest = '';
      start = end + 1;
      if (line.startsWith('data: ')) tellDelta(parseEvent(line.slice(6)), onDelta);
    }
    rest += text.slice(start);
  }
};
