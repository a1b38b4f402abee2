import { fitImage, type ImageLimits, type PixelSize, widestOfMany } from '../../shared/imageFit.ts';
import type { ImageHeader } from './imageHeader.ts';

/** Bytes: the service takes 5 MB of base64 text for an image in every channel. */
export const mostImageBytes = Math.floor((5 * 1024 * 1024 * 3) / 4);
/** Bytes of any file that is read at all. */
export const mostFileBytes = 100 * 1024 * 1024;
/** Pixels: decoded, each takes four bytes of memory. */
export const mostPixels = 120_000_000;
/** Pixels of an edge: no decoder takes a longer one. */
export const longestEdge = 30_000;
/** Pixels of an edge: the service refuses an image that has a longer one. */
const longestSentEdge = 8_000;

/** What is done with an image before it is sent. */
export type ImagePlan =
  | { kind: 'asIs' }
  /** Drawn anew in this size, turned as it was taken. */
  | { kind: 'redraw'; size: PixelSize; mediaType: 'image/png' | 'image/jpeg' }
  | { kind: 'refuse'; reason: 'tooManyPixels' | 'edgeTooLong' };

/** `imagesBeside`: as many as lie beside the message already. */
export function planImage(header: ImageHeader, bytes: number, limits: ImageLimits, imagesBeside: number): ImagePlan {
  const isTurned = header.orientation >= 5;
  const size = { width: isTurned ? header.height : header.width, height: isTurned ? header.width : header.height };
  const edge = Math.max(size.width, size.height);
  if (edge > longestEdge) return { kind: 'refuse', reason: 'edgeTooLong' };
  if (size.width * size.height > mostPixels) return { kind: 'refuse', reason: 'tooManyPixels' };
  const sentEdge = imagesBeside >= widestOfMany.images ? widestOfMany.edgePixels : longestSentEdge;
  const fitted = fitImage(size, { ...limits, longEdgePixels: Math.min(limits.longEdgePixels, sentEdge) });
  const isSmall = bytes <= mostImageBytes;
  const fits = fitted.width === size.width && fitted.height === size.height;
  // Drawn anew, it would stand still; and what it tells of the camera is nobody's business.
  if (isSmall && ((header.isAnimated && edge <= sentEdge) || (fits && header.orientation === 1 && !header.hasExif)))
    return { kind: 'asIs' };
  // A JPEG has no transparency and was made of a photograph; everything else keeps both its edges and its holes.
  const mediaType = header.mediaType === 'image/jpeg' ? 'image/jpeg' : 'image/png';
  return { kind: 'redraw', size: fitted, mediaType };
}
