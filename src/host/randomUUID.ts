/** The process has one already: loading `node:crypto` would take as long as a third of the extension. */
export function randomUUID(): string {
  return crypto.randomUUID();
}
