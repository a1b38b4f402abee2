import type { ImageLimits } from '../../shared/imageFit.ts';
import { headerBytes, readImageHeader } from './imageHeader.ts';
import { type ImagePlan, mostFileBytes, mostImageBytes, planImage } from './imagePlan.ts';

export type FileRefusal = 'fileTooLarge' | 'imageTooLarge' | 'tooManyPixels' | 'edgeTooLong';

/** A file as it is attached, or why it is not. */
export type PreparedFile = { ok: true; file: Blob } | { ok: false; reason: FileRefusal };

/** Bytes above which a PNG is given up for a format that loses a little: it shows a photograph. */
const largePng = 2 * 1024 * 1024;
const quality = 0.9;

/**
 * An image scaled down to what the model sees; any other file as it is. Decoding and encoding run beside the page's
 * thread. An image that can't be decoded goes as it is too: whoever sends it looks at it once more.
 */
export async function prepareFile(file: Blob, limits: ImageLimits, imagesBeside: number): Promise<PreparedFile> {
  if (file.size > mostFileBytes) return { ok: false, reason: 'fileTooLarge' };
  const head = await bytesOf(file, headerBytes);
  const header = readImageHeader(head);
  if (!header) return { ok: true, file };
  // Whether a GIF moves is told by its second picture, which may stand anywhere.
  const isWholeNeeded = header.mediaType === 'image/gif' && file.size > headerBytes && file.size <= mostImageBytes;
  const whole = isWholeNeeded ? readImageHeader(await bytesOf(file, file.size)) : header;
  const plan = planImage(whole ?? header, file.size, limits, imagesBeside);
  if (plan.kind === 'refuse') return { ok: false, reason: plan.reason };
  if (plan.kind === 'asIs') return { ok: true, file };
  try {
    const drawn = await redraw(file, plan);
    return drawn.size <= mostImageBytes ? { ok: true, file: drawn } : { ok: false, reason: 'imageTooLarge' };
  } catch {
    return { ok: true, file };
  }
}

async function redraw(file: Blob, { size, mediaType }: ImagePlan & { kind: 'redraw' }): Promise<Blob> {
  const options: ImageBitmapOptions = { resizeWidth: size.width, resizeHeight: size.height, resizeQuality: 'high' };
  const bitmap = await createImageBitmap(file, options);
  const canvas = new OffscreenCanvas(size.width, size.height);
  // A bitmap that is only handed over (`bitmaprenderer`) loses how it is turned.
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const drawn = await canvas.convertToBlob({ type: mediaType, quality });
  if (mediaType === 'image/jpeg' || drawn.size <= largePng) return drawn;
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
  return webp.size < drawn.size ? webp : drawn;
}

async function bytesOf(file: Blob, count: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, count).arrayBuffer());
}
