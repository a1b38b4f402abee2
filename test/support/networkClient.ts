/**
 * Sends one request with the network settings in its arguments and prints what came of it:
 * `node networkClient.ts MODULE URL JSON`. MODULE exports `createUndiciTransport`.
 */
import type { NetworkSettings } from '../../src/core/messages/network.ts';
import { isTransportError } from '../../src/core/messages/transport.ts';
import type { createUndiciTransport } from '../../src/core/messages/undiciTransport.ts';

const [module = '', url = '', settings = '{}'] = process.argv.slice(2);
const loaded = (await import(module)) as { createUndiciTransport: typeof createUndiciTransport };
const transport = loaded.createUndiciTransport(JSON.parse(settings) as Partial<NetworkSettings>);
try {
  const response = await transport.send({ method: 'GET', url, headers: {}, signal: AbortSignal.timeout(10_000) });
  let text = '';
  for await (const chunk of response.body) text += Buffer.from(chunk).toString();
  console.log(`status ${response.status}: ${text}`);
} catch (error) {
  const advice = isTransportError(error) && error.suggestsTransport ? `, try ${error.suggestsTransport}` : '';
  console.log(isTransportError(error) ? `${error.failure}: ${error.message}${advice}` : `unexpected: ${String(error)}`);
} finally {
  await transport.close();
}
