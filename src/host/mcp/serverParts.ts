/**
 * What is asked and shown of servers: a bundle of its own beside host.cjs, loaded when it is first looked at; see esbuild.mjs.
 */
export async function serverParts(): Promise<typeof import('./servers.cjs')> {
  return import('./servers.cjs');
}
