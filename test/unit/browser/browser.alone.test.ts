import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../../../harness/drive/eventually.ts';
import { imageFacts } from '../../../harness/endpoint/validate/image-facts.ts';
import { parseAddress } from '../../../src/core/browser/address.ts';
import { launchBrowser, type LaunchedBrowser } from '../../../src/core/browser/launchBrowser.ts';
import { browserProgram } from '../../support/browserProgram.ts';

/** What the pages of the test hold, by their paths. */
const pages: Record<string, string> = {
  '/': `<title>Shop</title><body style="margin:0;height:3000px"><button style="position:absolute;left:100px;top:100px;width:200px;height:80px"
    onclick="document.title += ' ' + event.detail + (event.ctrlKey ? ' ctrl' : '')">Buy</button>
    <input id=name style="position:absolute;left:100px;top:300px;width:300px;height:40px">
    <script>
      const log = [];
      for (const type of ['compositionstart', 'compositionend', 'keydown', 'input'])
        document.getElementById('name').addEventListener(type, event => {
          log.push(type[0] + (type[0] === 'c' ? type.at(-1) : '') + (event.key ?? event.data ?? ''));
          document.title = event.currentTarget.value + ' | ' + log.join(' ');
        });
      addEventListener('scroll', () => document.title = 'scrolled ' + scrollY);
      document.addEventListener('dragstart', event => event.preventDefault());
    </script>`,
  '/away': '<script>location = "http://elsewhere.example/?secret=1"</script>',
  '/popup': '<title>Opener</title><body onclick="window.open(\'http://elsewhere.example/\')" style="height:500px">',
  '/frame': '<title>Framed</title><iframe src="http://elsewhere.example/inner"></iframe>',
  '/file':
    '<title>Here</title><a href="/download" style="position:absolute;left:0;top:0;width:400px;height:400px">x</a>',
  '/alert': '<title>Asks</title><script>alert("Read this"); document.title = "Went on " + confirm("Sure?")</script>',
  '/choose': '<title>Choose</title><input type=file style="position:absolute;left:0;top:0;width:400px;height:400px">',
  '/drag': `<title>Drag</title><div draggable=true style="position:absolute;left:0;top:0;width:100px;height:100px;background:red"
    ondragstart="event.dataTransfer.setData('text/plain', 'dragged')"></div>
    <div style="position:absolute;left:200px;top:0;width:100px;height:100px;background:blue"
      ondragover="event.preventDefault()" ondrop="document.title = event.dataTransfer.getData('text/plain')"></div>`,
  '/hang': '<title>Hangs</title><body onclick="for(;;);" style="height:500px">',
};

const asked: string[] = [];
const server = createServer((request: IncomingMessage, response) => {
  asked.push(`${request.headers.host?.split(':')[0]}${request.url}`);
  const path = request.url ?? '';
  if (path === '/redirect') response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
  else if (path === '/secret') response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end('no');
  else if (path === '/download')
    response.writeHead(200, { 'content-disposition': 'attachment; filename=x.bin' }).end('x');
  else response.writeHead(200, { 'content-type': 'text/html' }).end(pages[path] ?? '<title>Other</title>other');
});

const folder = mkdtempSync(join(tmpdir(), 'marginalia-test-'));
// The profiles too: others that start a browser beside these tests would remove those that are left.
process.env['TMPDIR'] = folder;
const size = { width: 800, height: 600 };
let browser: LaunchedBrowser;
/** Where it has not started there is nothing to close. */
let closeBrowser = (): Promise<void> => Promise.resolve();
let origin = '';

const profiles = (): string[] => readdirSync(tmpdir()).filter(name => name.startsWith('marginalia-browser-'));
/** Other tests with a browser run beside these. */
const profilesOf = (pid: number | undefined): string[] =>
  profiles().filter(name => name.startsWith(`marginalia-browser-${pid}-`));
const mine: string[] = [];
/** What the processes of this machine were started with. */
const running = (): string => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
/** The group that the browser of a profile leads: its helpers don't name the profile, but write in it until they end. */
const groupOf = (profile: string): string | undefined =>
  groups().find(([, args = '']) => args.includes(`/${profile}`))?.[0];
const groups = (): string[][] =>
  execFileSync('ps', ['-eo', 'pgid,args'], { encoding: 'utf8' })
    .split('\n')
    .map(line => line.trim().split(/ (.*)/));

/** Milliseconds: without it a browser that never answers would hold up everything. */
const limits = { timeout: 60_000 };

before(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser({ path: await browserProgram(folder), isHeadless: true, size });
  closeBrowser = browser.close;
  mine.push(...profilesOf(process.pid));
}, limits);

after(async () => {
  // First, and its connections with it: a server that listens keeps the process, whatever fails below.
  server.close();
  server.closeAllConnections();
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
}, limits);

async function open(path: string): Promise<void> {
  const address = parseAddress(origin + path);
  assert.ok(address);
  await browser.page.open(address);
}
const title = async (): Promise<string> => (await browser.page.heading()).title;
async function after100(): Promise<void> {
  await browser.page.settle();
}

test('a page of this machine opens, and a screenshot has the size that was declared', async () => {
  await open('/');
  assert.deepEqual(await browser.page.heading(), { title: 'Shop', url: `${origin}/` });
  const facts = imageFacts(Buffer.from(await browser.page.screenshot()));
  assert.deepEqual([facts?.width, facts?.height], [800, 600]);
  const part = imageFacts(Buffer.from(await browser.page.zoom({ x: 100, y: 100, width: 200, height: 80 })));
  assert.deepEqual([part?.width, part?.height], [800, 320]);
});

test('a click is where it was told to be, as often as it was, with the keys that are held', async () => {
  await open('/');
  await browser.page.input.click({ x: 200, y: 140 }, { button: 'left', count: 2, held: 'ctrl' });
  await after100();
  assert.equal(await title(), 'Shop 1 ctrl 2 ctrl');
  await open('/');
  await browser.page.input.click({ x: 50, y: 50 }, { button: 'left', count: 1, held: '' });
  assert.equal(await title(), 'Shop', 'beside it is beside it');
});

test('text is typed key by key, and what has no key as an input method writes it', async () => {
  await open('/');
  await browser.page.input.click({ x: 200, y: 320 }, { button: 'left', count: 1, held: '' });
  await browser.page.input.type('Aé日本');
  await after100();
  assert.match(await title(), /^Aé日本 \| kA iA .*ctd?.*/);
  await browser.page.input.key('ctrl+a BackSpace');
  await browser.page.input.type('b');
  await after100();
  assert.match(await title(), /^b \|/);
});

test('the wheel scrolls', async () => {
  await open('/');
  await browser.page.input.scroll({ x: 400, y: 300 }, { deltaX: 0, deltaY: 300, held: '' });
  await after100();
  await after100();
  assert.match(await title(), /^scrolled [1-9]/);
});

test('what leads away from this machine is stopped before anything of it is sent, and told', async () => {
  await assert.rejects(
    open('/redirect'),
    /wanted to go to http:\/\/elsewhere\.example\/, which is not on this machine/,
  );
  browser.page.takeNotices();
  await open('/away');
  await after100();
  assert.match(browser.page.takeNotices().join(), /elsewhere\.example\/\?secret=1, which is not on this machine/);
  await open('/frame');
  await after100();
  assert.match(browser.page.takeNotices().join(), /elsewhere\.example\/inner/);
  assert.equal(await title(), 'Framed');
});

test('new windows and downloads come to nothing', async () => {
  await open('/popup');
  await browser.page.input.click({ x: 100, y: 100 }, { button: 'left', count: 1, held: '' });
  await after100();
  assert.equal(await title(), 'Opener');
  await open('/file');
  await browser.page.input.click({ x: 100, y: 100 }, { button: 'left', count: 1, held: '' });
  await after100();
  assert.equal(await title(), 'Here');
});

test('what asks for a file, or a name and a password, gets none and holds nobody up', async () => {
  await open('/choose');
  await browser.page.input.click({ x: 100, y: 20 }, { button: 'left', count: 1, held: '' });
  await after100();
  assert.match(browser.page.takeNotices().join(), /asked for a file/);
  await open('/secret');
  assert.match(browser.page.takeNotices().join(), /\/secret asks for a name and a password/);
});

test('what can be dragged is dropped where it was let go', async () => {
  await open('/drag');
  await browser.page.input.drag({ x: 50, y: 50 }, { x: 250, y: 50 });
  await after100();
  assert.equal(await title(), 'dragged');
});

test('a page that never ends its work is said not to answer, and keeps nothing else from opening', async () => {
  const path = await browserProgram(folder);
  const other = await launchBrowser({ path, isHeadless: true, size, answerMs: 4_000 });
  try {
    const [hanging, shop] = ['/hang', '/'].map(each => parseAddress(origin + each));
    assert.ok(hanging && shop);
    await other.page.open(hanging);
    const click = other.page.input.click({ x: 100, y: 100 }, { button: 'left', count: 1, held: '' });
    await assert.rejects(click, /does not answer/);
    await other.page.open(shop);
    assert.equal((await other.page.heading()).title, 'Shop');
  } finally {
    await other.close();
  }
});

test('a dialog holds nobody up, and what it said is told', async () => {
  await open('/alert');
  await after100();
  assert.equal(await title(), 'Went on false');
  assert.match(browser.page.takeNotices().join('\n'), /Read this[^]*Sure\?/);
});

test('a browser ends with the process that has started it, however that ends', limits, async () => {
  const program = await browserProgram(folder);
  const source = `
    import { launchBrowser } from ${JSON.stringify(new URL('../../../src/core/browser/launchBrowser.ts', import.meta.url).href)};
    // It ends with this test at the latest: while it runs it holds the pipe of the test's errors, which the runner waits for.
    process.stdin.on('end', () => process.exit()).resume();
    await launchBrowser({ path: ${JSON.stringify(program)}, isHeadless: true, size: { width: 300, height: 200 } });
    console.log('started');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const ended = once(child, 'exit').then(() => assert.fail('It ended before it had started one.'));
    await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    const [profile = 'none'] = profilesOf(child.pid);
    const group = groupOf(profile);
    assert.ok(group);
    child.kill('SIGKILL');
    await eventually(() => assert.ok(groups().every(([each]) => each !== group)));
    assert.ok(profiles().includes(profile), 'it could not remove its profile');
    const next = await launchBrowser({ path: program, isHeadless: true, size });
    const left = profiles();
    await next.close();
    assert.equal(left.includes(profile), false, 'the next one does');
    assert.ok(left.includes(mine[0] ?? ''), 'and leaves those of others that run');
  } finally {
    child.kill('SIGKILL');
  }
});

test('at the end its processes and its profile are gone', async () => {
  assert.equal(mine.length, 1);
  const [profile = ''] = mine;
  assert.ok(running().includes(profile));
  await browser.close();
  assert.equal(running().includes(profile), false);
  assert.equal(profiles().includes(profile), false);
  await assert.rejects(browser.page.screenshot(), /The browser was closed/);
});

test('a browser gets none of the keys that stand in the environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));
  const program = join(folder, 'browser');
  const seen = join(folder, 'seen');
  writeFileSync(program, `#!/bin/sh\nenv > '${seen}'\n`, { mode: 0o755 });
  process.env['SHOP_API_KEY'] = 'only-of-the-test';
  try {
    await assert.rejects(launchBrowser({ path: program, isHeadless: true, size: { width: 100, height: 100 } }));
    const names = readFileSync(seen, 'utf8');
    assert.match(names, /^PATH=/m);
    assert.doesNotMatch(names, /SHOP_API_KEY|only-of-the-test/);
  } finally {
    delete process.env['SHOP_API_KEY'];
    rmSync(folder, { recursive: true });
  }
});
