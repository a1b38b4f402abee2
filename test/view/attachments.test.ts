import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

view('a pasted image is a chip, survives a reload, and goes with the message', async ({ workbench, endpoint }) => {
  let chat = await workbench.openChat();
  await chat.box.click();
  await chat.paste('dot.png', png);
  await chat.frame.getByText('dot.png').waitFor();
  await workbench.reload();
  chat = await workbench.openChat();
  await chat.frame.getByText('dot.png').waitFor();
  await chat.ask('What is this?');
  await chat.idle();
  const { messages } = (await endpoint.arrival(0)).body as { messages: { content: unknown[] }[] };
  assert.deepEqual(messages[0]?.content, [
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
    { type: 'text', text: 'What is this?' },
  ]);
  assert.match(await chat.questions.innerText(), /dot\.png/);
  await eventually(async () => assert.equal(await chat.button('Remove dot.png').count(), 0));
});

view('code that is attached survives a reload with the draft, and goes as it was', async ({ workbench, endpoint }) => {
  let chat = await workbench.openChat();
  workbench.openFile('src/orders.ts', [16, 22]);
  const chip = () =>
    chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('button', { name: /^orders\.ts:16–22/ });
  for (let times = 0; times < 2; times++) await workbench.command('Marginalia: Add Selection to Chat');
  await chip().waitFor();
  await chat.box.fill('A draft');
  // The keyboard leaves the view, which tells the host at once.
  await chat.frame.evaluate(`window.dispatchEvent(new FocusEvent('blur'))`);
  await workbench.reload();
  chat = await workbench.openChat();
  await chip().waitFor();
  assert.equal(await chip().count(), 1);
  assert.equal(await chat.box.inputValue(), 'A draft');
  await chat.box.press('Enter');
  assert.match(JSON.stringify((await endpoint.arrival(0)).body), /File: src\/orders\.ts \(lines 16-22, typescript\)/);
});

view(
  'what the editor shows is one click from the message, and goes along only then',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    workbench.openFile('src/orders.ts');
    const offer = chat.frame.locator('.editor-chip');
    await offer.filter({ hasText: /^orders\.ts(?!:)/ }).waitFor();
    await chat.ask('Hello');
    await chat.idle();
    assert.doesNotMatch(JSON.stringify((await endpoint.arrival(0)).body), /orders\.ts/);
    await offer.click();
    await chat.button('Remove orders.ts').waitFor();
    await offer.waitFor({ state: 'detached' });
    assert.equal(await chat.frame.locator(':focus').getAttribute('id'), 'composer');
    await chat.button('Keep orders.ts as it is now').click();
    workbench.openFile('src/orders.ts', [16, 22]);
    await chat.frame.getByRole('button', { name: /^Add orders\.ts:16–22 .* tok to the message$/ }).click();
    await chat.button('Remove orders.ts:16–22').waitFor();
    await offer.waitFor({ state: 'detached' });
    await chat.ask('And now?');
    const sent = JSON.stringify((await endpoint.arrival(1)).body);
    assert.match(sent, /File: src\/orders\.ts \(lines 1-43, typescript\)/);
    await chat.idle();
    await offer.filter({ hasText: 'orders.ts:16–22' }).waitFor();
  },
);

view(
  'what follows the editor changes with it until it is sent or kept, and can be let go on',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    workbench.openFile('src/orders.ts');
    const live = chat.frame.getByRole('listitem').filter({ has: chat.frame.locator('.codicon-eye') });
    await chat.frame.locator('.editor-chip', { hasText: /orders\.ts.*tok$/ }).click();
    await live.filter({ hasText: /^orders\.ts.*tok$/ }).waitFor();
    workbench.openFile('src/orders.ts', [16, 22]);
    await live.filter({ hasText: /^orders\.ts:16–22.*tok$/ }).waitFor();
    assert.match((await live.getAttribute('title')) ?? '', /Follows the editor until it is sent/);
    await chat.button('Keep orders.ts:16–22 as it is now').click();
    await live.waitFor({ state: 'detached' });
    workbench.openFile('src/orders.ts', [1, 3]);
    const offer = chat.frame.locator('.editor-chip');
    await offer.filter({ hasText: 'orders.ts:1–3' }).waitFor();
    await chat.button('Let orders.ts:16–22 follow the editor').click();
    await live.filter({ hasText: 'orders.ts:1–3' }).waitFor();
    await offer.waitFor({ state: 'detached' });
    workbench.type(text => `// new\n${text}`);
    await chat.ask('What is this?');
    await chat.idle();
    const sent = JSON.stringify((await endpoint.arrival(0)).body);
    assert.match(sent, /File: src\/orders\.ts \(lines 1-3, typescript\)\\n```typescript\\n\/\/ new/);
    assert.doesNotMatch(sent, /lines 16-22/);
    await offer.waitFor();
    assert.equal(await live.count(), 0);
  },
);

view.describe('from the start', () => {
  view.use({ settings: { 'marginalia.editorContext': 'fromStart' } });

  view(
    'what the editor shows goes along, again once it has changed, and not once it is taken out',
    async ({ workbench, endpoint }) => {
      const chat = await workbench.openChat();
      workbench.openFile('src/orders.ts');
      await chat.button('Remove orders.ts').waitFor();
      await chat.ask('One');
      await chat.idle();
      assert.match(JSON.stringify((await endpoint.arrival(0)).body), /File: src\/orders\.ts \(lines 1-43/);
      await chat.frame.locator('.editor-chip', { hasText: 'orders.ts' }).waitFor();
      assert.equal(await chat.button('Remove orders.ts').count(), 0);
      workbench.type(text => `${text}// more\n`);
      await chat.button('Remove orders.ts').click();
      await chat.frame.locator('.editor-chip', { hasText: 'orders.ts' }).waitFor();
      workbench.openFile('src/orders.ts', [16, 22]);
      await chat.frame.locator('.editor-chip', { hasText: 'orders.ts:16–22' }).waitFor();
      await chat.ask('Two');
      assert.doesNotMatch(JSON.stringify((await endpoint.arrival(1)).body), /lines 16-22|more/);
      await chat.idle();
      await workbench.command('Marginalia: Attach or Remove What the Editor Shows');
      await chat.button('Remove orders.ts:16–22').waitFor();
    },
  );
});

view(
  'what is attached says when its file has changed since, and the new one is a click away',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    workbench.openFile('src/orders.ts', [16, 22]);
    await workbench.command('Marginalia: Add Selection to Chat');
    await chat.button('Remove orders.ts:16–22').waitFor();
    workbench.type(text => text.replace('export', '\nexport'));
    const outdated = chat.frame.getByRole('button', { name: /has changed since/ });
    await chat.frame.locator('.editor-chip', { hasText: 'orders.ts:16–22' }).waitFor({ state: 'detached' });
    assert.equal(await outdated.count(), 0, 'lines that have moved are the same lines');
    workbench.type(text => text.replace(text.split('\n')[19] ?? '', '  // changed'));
    await outdated.click();
    await outdated.waitFor({ state: 'detached' });
    assert.equal(await chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('listitem').count(), 1);
    await chat.ask('One');
    await chat.idle();
    assert.match(JSON.stringify((await endpoint.arrival(0)).body), /lines 17-23, typescript\).*\/\/ changed/);
    const note = chat.frame.locator('.outdated-note');
    assert.equal(await note.count(), 0);
    workbench.type(text => text.replace('// changed', '// changed again'));
    await note.filter({ hasText: 'Changed since it was sent.' }).waitFor();
    await workbench.reload();
    const again = await workbench.openChat();
    await again.frame.locator('.excerpt').waitFor();
    workbench.openFile('src/orders.ts');
    workbench.type(text => text.replace('export', '\nexport').replace('const', '// changed once more'));
    await again.button(/^Attach orders\.ts:17–23 as it is now/).click();
    await again.frame
      .getByRole('list', { name: 'Attachments' })
      .getByRole('button', { name: /^orders\.ts:/ })
      .waitFor();
  },
);

view('an image by URL is attached and can be taken away; what is no image is refused', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await workbench.command('Marginalia: Attach…');
  await workbench.pick('Image or PDF by URL…');
  const input = await workbench.textInput();
  input.fill('http://example.com/cat.png');
  assert.equal(input.refusal, 'An address that begins with https:// is needed.');
  input.fill('https://example.com/cat.png');
  input.enter();
  await chat.button('Remove cat.png').click();
  await eventually(async () => assert.equal(await chat.frame.locator('.attachment').count(), 0));

  await chat.paste('notes.png', Buffer.from('no image').toString('base64'));
  await workbench.notification('notes.png was not attached: it is none of');
});
