/** A way of cutting a byte sequence into the chunks in which it arrives. */
export interface Slicing {
  name: string;
  chunks: Uint8Array[];
}

/** Whole, byte by byte, and cut once at every byte: what a network may do to a stream, without chance. */
export function* everySlicing(bytes: Uint8Array): Generator<Slicing> {
  yield { name: 'whole', chunks: [bytes] };
  yield { name: 'byte by byte', chunks: [...bytes].map(byte => Uint8Array.of(byte)) };
  for (let cut = 1; cut < bytes.length; cut++) {
    yield { name: `cut at byte ${cut}`, chunks: [bytes.subarray(0, cut), bytes.subarray(cut)] };
  }
}

/** Bytes between two cuts: about an event of an answer, so that few see more than one. */
const apart = 64;

/**
 * Whole, byte by byte, and cut at every byte as in `everySlicing`, but at many bytes at once, far from each other: a
 * tenth of the slicings and less, for what stands above the parsers whose own tests go through all of them.
 */
export function* everyByteCut(bytes: Uint8Array): Generator<Slicing> {
  yield { name: 'whole', chunks: [bytes] };
  yield { name: 'byte by byte', chunks: [...bytes].map(byte => Uint8Array.of(byte)) };
  for (let first = 1; first <= Math.min(apart, bytes.length - 1); first++) {
    const chunks = [bytes.subarray(0, first)];
    for (let at = first; at < bytes.length; at += apart) chunks.push(bytes.subarray(at, at + apart));
    yield { name: `cut at byte ${first} and every ${apart} behind it`, chunks };
  }
}

export async function* arriving(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
