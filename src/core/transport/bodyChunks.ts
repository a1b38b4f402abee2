/** How much of a body is still read once nobody wants it. */
export const longestRestBytes = 64 * 1024;

export interface BodySource {
  chunks: Pick<AsyncIterator<Uint8Array>, 'next'>;
  /** Gives the connection up. */
  cancel: () => void;
}

/**
 * The chunks of a body. The protocol ends an answer a little before HTTP ends the body, and whoever leaves in between
 * would take the connection down: what little follows is read behind the reader's back, so that the next request finds
 * the connection open. More than a little, or not within `longestRestMs`, and it is given up all the same.
 */
export async function* bodyChunks({ chunks, cancel }: BodySource, longestRestMs: number): AsyncGenerator<Uint8Array> {
  let left = false;
  try {
    for (;;) {
      const next = await chunks.next();
      if (next.done) return;
      // True until the reader comes back for more.
      left = true;
      yield next.value;
      left = false;
    }
  } finally {
    if (left) void readRest(chunks, cancel, longestRestMs);
  }
}

async function readRest(
  chunks: BodySource['chunks'],
  cancel: BodySource['cancel'],
  longestRestMs: number,
): Promise<void> {
  const timer = setTimeout(cancel, longestRestMs);
  try {
    let bytes = 0;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      bytes += next.value.length;
      if (bytes > longestRestBytes) {
        cancel();
        return;
      }
    }
  } catch {
    // The connection is gone, and nobody waits for it.
  } finally {
    clearTimeout(timer);
  }
}
