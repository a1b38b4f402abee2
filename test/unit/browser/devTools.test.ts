import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DevTools } from '../../../src/core/browser/devTools.ts';
import { browserPlaces } from '../../../src/core/browser/findBrowser.ts';
import { MessageSplitter } from '../../../src/core/browser/messageSplitter.ts';

test('messages are the same however the pipe cuts them', () => {
  const bytes = Buffer.from('{"a":"日本"}\0{"b":1}\0{"c"');
  const whole = new MessageSplitter().add(bytes);
  assert.deepEqual(whole, ['{"a":"日本"}', '{"b":1}']);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const splitter = new MessageSplitter();
    assert.deepEqual([...splitter.add(bytes.subarray(0, cut)), ...splitter.add(bytes.subarray(cut))], whole);
  }
});

test('a message without an end is not gathered for ever', () => {
  const splitter = new MessageSplitter(10);
  splitter.add(Buffer.from('12345\x0012345'));
  assert.throws(() => splitter.add(Buffer.from('678901')));
});

function setUp() {
  const sent: { id: number; method: string; sessionId?: string }[] = [];
  let receive: (piece: Uint8Array) => void = () => undefined;
  let end: () => void = () => undefined;
  const devTools = new DevTools({
    write: text => sent.push(JSON.parse(text.slice(0, -1)) as (typeof sent)[number]),
    listen: (received, ended) => {
      receive = received;
      end = ended;
    },
  });
  const tell = (message: unknown): void => receive(Buffer.from(`${JSON.stringify(message)}\0`));
  return { devTools, sent, tell, end: () => end(), receive: (text: string) => receive(Buffer.from(text)) };
}

test('each command gets its own answer, or the browser’s refusal', async () => {
  const { devTools, sent, tell } = setUp();
  const first = devTools.send('Page.reload', {}, { sessionId: 's' });
  const second = devTools.send('Browser.getVersion', undefined);
  assert.deepEqual(
    sent.map(({ method, sessionId }) => [method, sessionId]),
    [
      ['Page.reload', 's'],
      ['Browser.getVersion', undefined],
    ],
  );
  tell({ id: 7, result: {} });
  tell({ id: sent[1]?.id, result: { product: 'x' } });
  tell({ id: sent[0]?.id, error: { message: 'No page.' } });
  await assert.rejects(first, /No page\./);
  assert.deepEqual(await second, { product: 'x' });
});

test('whoever waits hears of the end, and of a page that does not answer', async () => {
  const { devTools, end } = setUp();
  await assert.rejects(devTools.send('Browser.getVersion', undefined, { timeoutMs: 1 }), /does not answer/);
  const waiting = devTools.send('Browser.getVersion', undefined);
  end();
  await assert.rejects(waiting, /was closed/);
  await assert.rejects(devTools.send('Browser.getVersion', undefined), /was closed/);
  assert.equal(devTools.isOpen, false);
});

test('what is no message is left, and events reach those who listen', () => {
  const { devTools, tell, receive } = setUp();
  const heard: unknown[] = [];
  devTools.on('Page.windowOpen', (event, sessionId) => heard.push([event.url, sessionId]));
  receive('no json\0[]\0');
  tell({ method: 'Page.windowOpen', params: { url: 'u' }, sessionId: 's' });
  tell({ method: 'Page.other', params: {} });
  assert.deepEqual(heard, [['u', 's']]);
});

test('browsers are looked for where their installers leave them', () => {
  assert.deepEqual(
    browserPlaces('win32', { ProgramFiles: 'C:\\P' })[1],
    'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe',
  );
  assert.ok(browserPlaces('darwin', {}).includes('/Applications/Chromium.app/Contents/MacOS/Chromium'));
  const linux = browserPlaces('linux', { PATH: '/opt/bin:.:' });
  assert.equal(linux[0], '/opt/bin/google-chrome');
  assert.ok(linux.every(path => path.startsWith('/')));
});
