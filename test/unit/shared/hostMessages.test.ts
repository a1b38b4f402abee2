import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { keepMessages } from '../../../src/shared/earlyMessages.ts';

const own = 'vscode-webview://0a1b';

test('what comes before the view’s script is kept where the editor has posted it, and only then', () => {
  const listeners = new Set<(event: unknown) => void>();
  const page = {
    origin: own,
    addEventListener: (_: string, listener: (event: unknown) => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: (event: unknown) => void) => listeners.delete(listener),
    takeEarlyMessages: (): unknown[] => [],
  };
  runInNewContext(keepMessages, page);
  const post = (origin: string, data: string): void => listeners.forEach(listen => listen({ origin, data }));
  post('vscode-webview://another', 'not ours');
  post('null', 'of a frame in a sandbox');
  post(own, 'ours');
  assert.deepEqual([...page.takeEarlyMessages()], ['ours']);
  assert.equal(listeners.size, 0);
});

test('every page that takes messages asks first where they are from', () => {
  // Core has no page: what listens to messages there are connections to servers.
  const listening = globSync('src/{shared,host,page,webview}/**/*.{ts,tsx}').filter(file =>
    /addEventListener\('message'|\bonmessage\b/.test(readFileSync(file, 'utf8')),
  );
  assert.equal(listening.length, 5);
  for (const file of listening) assert.match(readFileSync(file, 'utf8'), /isFromHost\(event, origin\)/, file);
});
