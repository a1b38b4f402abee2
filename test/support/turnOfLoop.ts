/** Lets everything go on that waits for nothing from outside. It takes one turn of the loop, however long that is. */
export function turnOfLoop(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
