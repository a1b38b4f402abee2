export interface PixelSize {
  width: number;
  height: number;
}

/** What a model sees of an image at most; the service scales a larger one down to both. */
export interface ImageLimits {
  longEdgePixels: number;
  tokens: number;
}

const patchPixels = 28;

/** With more images than these in a request, the service refuses each that has a longer edge. */
export const widestOfMany = { images: 20, edgePixels: 2_000 } as const;

/** The tokens of an image that is not scaled down any more: one for each patch of 28 × 28 pixels. */
export function patchesOf({ width, height }: PixelSize): number {
  return Math.ceil(width / patchPixels) * Math.ceil(height / patchPixels);
}

/** The largest size of the same shape that the model sees pixel by pixel; never larger than the image itself. */
export function fitImage(size: PixelSize, limits: ImageLimits): PixelSize {
  const longEdge = Math.max(size.width, size.height);
  let edge = Math.min(longEdge, limits.longEdgePixels);
  while (edge > 1 && patchesOf(atLongEdge(size, edge)) > limits.tokens) edge--;
  return atLongEdge(size, edge);
}

function atLongEdge(size: PixelSize, edge: number): PixelSize {
  const scale = edge / Math.max(size.width, size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
