/**
 * Sends the requests that its parent tells it of, each with network settings of its own, and tells what came of them:
 * `fork('networkClient.ts', [MODULE])`. MODULE exports `createUndiciTransport`.
 */
import type { NetworkSettings } from '../../src/core/transport/network.ts';
import { isTransportError } from '../../src/core/transport/transport.ts';
import type { createUndiciTransport } from '../../src/core/transport/undiciTransport.ts';

export interface NetworkQuestion {
  url: string;
  settings: Partial<NetworkSettings>;
}

const [module = ''] = process.argv.slice(2);
const loaded = (await import(module)) as { createUndiciTransport: typeof createUndiciTransport };
process.on('message', (question: NetworkQuestion) => {
  void answer(question).then(answered => process.send?.(answered));
});

async function answer({ url, settings }: NetworkQuestion): Promise<string> {
  const transport = loaded.createUndiciTransport(settings);
  try {
    const response = await transport.send({ method: 'GET', url, headers: {}, signal: AbortSignal.timeout(60_000) });
    let text = '';
    for await (const chunk of response.body) text += Buffer.from(chunk).toString();
    return `status ${response.status}: ${text}`;
  } catch (error) {
    const advice = isTransportError(error) && error.suggestsTransport ? `, try ${error.suggestsTransport}` : '';
    return isTransportError(error) ? `${error.failure}: ${error.message}${advice}` : `unexpected: ${String(error)}`;
  } finally {
    await transport.close();
  }
}
