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

export async function* arriving(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
