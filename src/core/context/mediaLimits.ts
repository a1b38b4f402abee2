import type { MediaAttachment } from '../../shared/attachment.ts';
import { widestOfMany } from '../../shared/imageFit.ts';

/** What the service takes of images and documents in one request. */
export interface MediaLimits {
  images: number;
  pages: number;
}

/** Characters of base64: with the conversation's texts, a request stays below the 32 MB that the service takes. */
export const mostCharacters = 30 * 1024 * 1024;

/** Why one more of them is known to be refused. Images of earlier turns are not counted: the oldest stay out of requests. */
export type Excess =
  | { over: 'pages'; pages: number; sum: number; most: number }
  | { over: 'images'; most: number }
  /** The edges of some are longer, in pixels, than the service takes where there are so many. */
  | { over: 'edges'; images: number; most: number }
  | { over: 'bytes'; mostBytes: number };

/** `beside`: what lies beside the message already; `before`: what requests carry of the turns before it. */
export function excessWith(
  added: MediaAttachment,
  beside: readonly MediaAttachment[],
  before: readonly MediaAttachment[],
  limits: MediaLimits,
): Excess | undefined {
  const inMessage = [...beside, added];
  const inRequest = [...before, ...inMessage];
  const pages = added.pages ?? 0;
  const sum = inRequest.reduce((all, media) => all + (media.pages ?? 0), 0);
  if (pages > 0 && sum > limits.pages) return { over: 'pages', pages, sum, most: limits.pages };
  const images = inMessage.filter(({ kind }) => kind === 'image');
  if (images.length > limits.images) return { over: 'images', most: limits.images };
  if (added.kind === 'image' && images.length > widestOfMany.images && images.some(isWide)) {
    return { over: 'edges', images: widestOfMany.images, most: widestOfMany.edgePixels };
  }
  const characters = inRequest.reduce(
    (all, { source }) => all + (source.type === 'base64' ? source.data.length : 0),
    0,
  );
  return characters > mostCharacters ? { over: 'bytes', mostBytes: (mostCharacters * 3) / 4 } : undefined;
}

/** Whether the service refuses it where there are many images. */
export function isWide({ pixels }: MediaAttachment): boolean {
  return pixels !== undefined && Math.max(pixels.width, pixels.height) > widestOfMany.edgePixels;
}
