import { startDemoEndpoint, type DemoEndpoint } from '../harness/endpoint/server.ts';
import type { Ending } from '../harness/editor/ending.ts';
import type { StartOptions } from './startOptions.ts';

/** What the extension talks to. */
export interface Connection {
  settings: Record<string, unknown>;
  env: Record<string, string | undefined>;
  endpoint?: DemoEndpoint;
}

export async function connect(options: StartOptions, ending: Ending): Promise<Connection> {
  if (options.live) {
    const baseUrl = process.env['MARGINALIA_BASE_URL'];
    // A key in the environment is inherited.
    return { settings: baseUrl ? { 'marginalia.baseUrl': baseUrl } : {}, env: {} };
  }
  const endpoint = await startDemoEndpoint({ pace: 'human' });
  ending.add(() => endpoint.close());
  return {
    settings: { 'marginalia.baseUrl': endpoint.baseUrl },
    env: { MARGINALIA_API_KEY: 'demo-key', ANTHROPIC_API_KEY: undefined },
    endpoint,
  };
}
