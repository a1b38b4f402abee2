/** Runs `callback` before the next paint; returns what calls it off. */
export function nextFrame(callback: () => void): () => void {
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
}
