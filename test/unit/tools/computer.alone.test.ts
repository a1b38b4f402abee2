import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { imageFacts } from '../../../harness/endpoint/validate/image-facts.ts';
import { ConversationBrowsers } from '../../../src/core/browser/conversationBrowsers.ts';
import { launchBrowser } from '../../../src/core/browser/launchBrowser.ts';
import { betasFor } from '../../../src/core/messages/betas.ts';
import { rulesFor, unknownModel } from '../../../src/core/models/modelRules.ts';
import { computerTool, displaySize } from '../../../src/core/tools/computer.ts';
import { withoutNativeTools } from '../../../src/core/tools/nativeTools.ts';
import { openPageTool } from '../../../src/core/tools/openPage.ts';
import { amongOthers, type AnyTool, type PreparedCall } from '../../../src/core/tools/tool.ts';
import type { ToolOutput } from '../../../src/core/tools/toolOutput.ts';
import { browserProgram } from '../../support/browserProgram.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const page = `<title>Form</title><body style="margin:0;height:4000px">
  <textarea id=t style="position:absolute;left:0;top:0;width:400px;height:100px"></textarea>
  <div id=box style="position:absolute;left:500px;top:0;width:300px;height:300px;background:red"></div>
  <a href="http://elsewhere.example/" style="position:absolute;left:0;top:200px;width:100px;height:100px">away</a>
  <script>
    const say = text => document.title = text;
    t.oninput = () => say(t.value);
    box.onmousedown = event => say('down ' + event.button + ' ' + event.clientX + ',' + event.clientY);
    box.onmouseup = event => say(document.title + ' up ' + event.clientX + ',' + event.clientY);
    box.oncontextmenu = event => { event.preventDefault(); say(document.title + ' menu'); };
    box.onmousemove = event => { if (!event.buttons) say('over'); };
    onscroll = () => say('scrolled ' + scrollX + ',' + scrollY);
    onkeydown = event => { if (event.key === 'F2' || event.key === 'ArrowDown') say(event.key + (event.repeat ? ' held' : '')); };
  </script>`;

const folder = mkdtempSync(join(tmpdir(), 'marginalia-test-'));
let starts = 0;
let program = '';
const browsers = new ConversationBrowsers(() => {
  starts++;
  return launchBrowser({ path: program, isHeadless: true, size: displaySize });
});
const computer = amongOthers(computerTool(browsers));
const openPage = amongOthers(openPageTool(browsers));
const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page));
let origin = '';
const { signal } = new AbortController();

before(async () => {
  program = await browserProgram(folder);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});

after(async () => {
  // First, and its connections with it: a server that listens keeps the process, whatever fails below.
  server.close();
  server.closeAllConnections();
  await browsers.endAll();
  rmSync(folder, { recursive: true, force: true });
});

async function prepare(tool: AnyTool, input: Record<string, unknown>, conversationId = 'c'): Promise<PreparedCall> {
  const read = tool.read(input);
  assert.ok(read.ok, read.ok ? '' : read.problem);
  return read.call.prepare({ workspace: new MemoryWorkspace({}), conversationId });
}

async function run(tool: AnyTool, input: Record<string, unknown>): Promise<ToolOutput> {
  const output = await (await prepare(tool, input)).run(signal, () => undefined);
  assert.ok(typeof output === 'object');
  return output;
}
const act = (action: string, input: Record<string, unknown> = {}) => run(computer, { action, ...input });
async function title(): Promise<string> {
  await act('screenshot');
  return (await browsers.find('c')?.heading())?.title ?? '';
}

test('a model gets the version that it takes, with its beta, and others a schema', () => {
  const display = { name: 'computer', display_width_px: 1280, display_height_px: 800 };
  const earlier = computer.definition(rulesFor('claude-sonnet-4-5'));
  const later = computer.definition(rulesFor('claude-opus-4-6'));
  assert.deepEqual(earlier, { type: 'computer_20250124', ...display });
  assert.deepEqual(later, { type: 'computer_20251124', ...display, enable_zoom: true });
  const rules = rulesFor('claude-opus-4-6');
  const first = computer.definition({
    ...rules,
    toolVersions: { ...rules.toolVersions, computer: 'computer_20241022' },
  });
  assert.deepEqual(first, { type: 'computer_20241022', ...display });
  assert.deepEqual(betasFor({ tools: [first] }), ['computer-use-2024-10-22']);
  assert.deepEqual(betasFor({ tools: [earlier, earlier] }), ['computer-use-2025-01-24']);
  assert.deepEqual(betasFor({ tools: [later] }), ['computer-use-2025-11-24']);
  assert.deepEqual(betasFor({ tools: [{ type: 'bash_20250124' }, { type: 'toString' }] }), []);
  assert.deepEqual(betasFor({}), []);
  for (const rules of [unknownModel, withoutNativeTools(rulesFor('claude-opus-4-6'))]) {
    assert.ok('input_schema' in computer.definition(rules));
  }
});

test('what is wrong with an action is said, and nothing is done', async () => {
  const wrong: [input: Record<string, unknown>, problem: RegExp][] = [
    [{}, /`action` is missing/],
    [{ action: 'fly' }, /`action` has to be one of screenshot, /],
    [{ action: 'mouse_move' }, /`coordinate` is missing/],
    [{ action: 'mouse_move', coordinate: [1] }, /`coordinate` has to be a list of two/],
    [{ action: 'type' }, /`text` is missing/],
    [{ action: 'scroll', scroll_direction: 'in', scroll_amount: 1 }, /`scroll_direction` has to be/],
    [{ action: 'wait', duration: 101 }, /`duration` has to be/],
    [{ action: 'wait' }, /`duration` has to be/],
    [{ action: 'zoom', region: [5, 5, 5, 9] }, /`region` has to be/],
  ];
  for (const [input, problem] of wrong) {
    const read = computer.read(input);
    assert.match(read.ok ? '' : read.problem, problem, JSON.stringify(input));
  }
  for (const url of ['file:///etc/passwd', 'chrome://version', 'data:text/html,x', 'javascript:alert(1)']) {
    const read = openPage.read({ url });
    assert.match(read.ok ? '' : read.problem, /has to be the address of a web page/, url);
  }
  await assert.rejects(prepare(computer, { action: 'screenshot' }), /No page is open/);
  await assert.rejects(prepare(openPage, { go: 'back' }), /No page is open/);
  assert.equal(starts, 0, 'and no browser is started for it');
});

test('an address of this machine is asked for as other changes are, another each time, with a warning', async () => {
  const call = openPage.read({ url: origin });
  assert.equal(call.ok && call.call.effect, 'changes');
  assert.deepEqual((await prepare(openPage, { url: origin })).cautions, []);
  assert.deepEqual((await prepare(openPage, { url: 'https://example.com' })).cautions, ['address']);
});

test('a page that is opened is seen, in the size that was declared', async () => {
  const { text, images } = await run(openPage, { url: origin });
  assert.equal(text, `The page at ${origin}/ is called “Form”.`);
  const facts = imageFacts(Buffer.from(images?.[0]?.bytes ?? []));
  assert.deepEqual([facts?.width, facts?.height], [1280, 800]);
});

test('every action of the pointer does what it says', async () => {
  await act('mouse_move', { coordinate: [600, 50] });
  assert.equal(await title(), 'over');
  assert.equal((await act('cursor_position')).text, 'X=600,Y=50');
  await act('left_click', { coordinate: '[610, 60]' });
  assert.equal(await title(), 'down 0 610,60 up 610,60');
  await act('right_click', { coordinate: [610, 60] });
  assert.match(await title(), /^down 2 610,60.* menu/);
  await act('middle_click', { coordinate: [611, 60] });
  assert.match(await title(), /^down 1 611,60/);
  await act('left_click_drag', { start_coordinate: [520, 20], coordinate: [700, 200] });
  assert.equal(await title(), 'down 0 520,20 up 700,200');
  await act('mouse_move', { coordinate: [530, 30] });
  await act('left_mouse_down');
  await act('mouse_move', { coordinate: [540, 40] });
  await act('left_mouse_up');
  assert.equal(await title(), 'down 0 530,30 up 540,40');
});

test('keys and text arrive as they are typed', async () => {
  await act('left_click', { coordinate: [200, 50] });
  await act('type', { text: 'Grüße, 世界\nzwei' });
  assert.equal(await title(), 'Grüße, 世界 zwei');
  await act('triple_click', { coordinate: [20, 10] });
  await act('type', { text: 'x' });
  assert.match(await title(), /^x ?zwei$/);
  await act('key', { text: 'ctrl+a Delete' });
  await act('type', { text: 'done' });
  assert.equal(await title(), 'done');
  await act('key', { text: 'F2' });
  assert.equal(await title(), 'F2');
  await act('hold_key', { text: 'Down', duration: 0.2 });
  assert.equal(await title(), 'ArrowDown held');
});

test('the page scrolls, and a part of it is seen larger', async () => {
  await act('scroll', { coordinate: [900, 600], scroll_direction: 'down', scroll_amount: 3 });
  await act('wait', { duration: 0.5 });
  assert.match(await title(), /^scrolled 0,[1-9]\d*$/);
  const { images } = await act('zoom', { region: [500, 0, 660, 100] });
  const facts = imageFacts(Buffer.from(images?.[0]?.bytes ?? []));
  assert.deepEqual([facts?.width, facts?.height], [1280, 800]);
});

test('places outside are refused in the words of the documentation', async () => {
  await assert.rejects(
    act('left_click', { coordinate: [1300, 900] }),
    /Error: Coordinates \(1300, 900\) are outside display bounds \(1280x800\)\./,
  );
  await assert.rejects(act('zoom', { region: [0, 0, 1281, 10] }), /outside display bounds/);
});

test('a link that leads away is stopped, and the model is told how the user can be asked', async () => {
  await run(openPage, { url: origin });
  const { text } = await act('left_click', { coordinate: [10, 210] });
  assert.match(text, /http:\/\/elsewhere\.example\/, which is not on this machine, and was stopped\. open_page asks/);
  assert.equal((await browsers.find('c')?.heading())?.url, `${origin}/`);
});

test('stopping ends a wait at once', async () => {
  const abort = new AbortController();
  const waiting = (await prepare(computer, { action: 'wait', duration: 100 })).run(abort.signal, () => undefined);
  const next = act('cursor_position');
  await turnOfLoop();
  abort.abort();
  await assert.rejects(waiting, /stopped/);
  await next;
});

test('each conversation has a browser of its own, which ends with it', async () => {
  const other = await prepare(openPage, { url: origin }, 'other');
  await other.run(signal, () => undefined);
  assert.equal(starts, 2);
  assert.notEqual(browsers.find('other'), browsers.find('c'));
  await browsers.end('other');
  assert.equal(browsers.find('other'), undefined);
  assert.ok(browsers.find('c'));
  await browsers.endAll();
  assert.equal(browsers.find('c'), undefined);
});
