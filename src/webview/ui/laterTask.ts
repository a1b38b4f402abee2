/** Runs `callback` in a task of its own, behind what the user has done meanwhile; returns what calls it off. */
export function laterTask(callback: () => void): () => void {
  const timer = setTimeout(callback);
  return () => clearTimeout(timer);
}
