import assert from 'node:assert/strict';
import { imageFacts } from '../../harness/endpoint/validate/image-facts.ts';

export interface SentImage {
  mediaType: string;
  bytes: Buffer;
  size: string;
}

/** The image of a request, as it arrived. */
export function sentImage(body: unknown): SentImage {
  const { messages } = body as { messages: { content: { source?: { media_type: string; data: string } }[] }[] };
  const source = messages.at(-1)?.content[0]?.source;
  assert.ok(source);
  const bytes = Buffer.from(source.data, 'base64');
  const facts = imageFacts(bytes);
  return { mediaType: source.media_type, bytes, size: `${facts?.width}×${facts?.height}` };
}
