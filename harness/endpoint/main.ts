import { parseArgs } from 'node:util';
import { startDemoEndpoint } from './server.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8080' } } });
const port = Number(values.port);
try {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  const endpoint = await startDemoEndpoint({ port, pace: 'human' });
  console.log(`Demo endpoint: ${endpoint.baseUrl}`);
  console.log('Any key works, except one that contains "invalid". Ctrl+C ends it.');
  const stop = (): void => void endpoint.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
