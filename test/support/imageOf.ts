import type { MediaAttachment } from '../../src/shared/attachment.ts';

/** An image whose bytes are those of its id, some thousand times. */
export function imageOf(id: string): MediaAttachment {
  const data = Buffer.from(id.repeat(2_000)).toString('base64');
  return { id, kind: 'image', name: `${id}.png`, source: { type: 'base64', mediaType: 'image/png', data } };
}
