import { request } from 'undici';
import { type Contestant, requestBody, requestHeaders } from '../contestant.ts';

/** What no client can go below: the bytes are read and nothing is done with them. */
export const answer: Contestant['answer'] = async (baseUrl, _onDelta, signal) => {
  const url = `${baseUrl}/v1/messages`;
  const { body } = await request(url, { method: 'POST', headers: requestHeaders, body: requestBody, signal });
  let bytes = 0;
  for await (const chunk of body) bytes += (chunk as Uint8Array).length;
  if (bytes === 0) throw new Error('Nothing came.');
};
