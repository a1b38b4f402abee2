import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type SentImage, sentImage } from '../support/sentImage.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

/** Draws a picture in the page and pastes it, or drops it: red on the left, see-through on the right where it can be. */
async function give(chat: Chat, file: string, how: 'paste' | 'drop', make: string): Promise<void> {
  await chat.box.click();
  await chat.frame.evaluate(`(async () => {
    const picture = async (width, height, type) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (type === 'image/jpeg') { context.fillStyle = 'blue'; context.fillRect(0, 0, width, height); }
      context.fillStyle = 'red';
      context.fillRect(0, 0, width / 2, height);
      return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
    };
    const bytes = ${make};
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], ${JSON.stringify(file)}));
    const event = ${JSON.stringify(how)} === 'paste'
      ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
      : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
  })()`);
}

/** The colour of the sent picture at a place, as red, green, blue and opacity. */
async function colourAt(chat: Chat, { bytes, mediaType }: SentImage, x: number, y: number): Promise<number[]> {
  const found: unknown = await chat.frame.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), letter => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: '${mediaType}' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(${x} * bitmap.width, ${y} * bitmap.height, 1, 1).data].map(value => Math.round(value / 64));
  })()`);
  return found as number[];
}

const red = [4, 0, 0, 4];
const blue = [0, 0, 4, 4];

view('a photograph of 40 megapixels is scaled down to what the model sees', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await give(chat, 'photo.jpg', 'paste', `await picture(7728, 5152, 'image/jpeg')`);
  await chat.button('Remove photo.jpg').waitFor();
  const chip = chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
  assert.match(await chip.innerText(), /1344 × 896, ~1,536 tokens/);
  await eventually(async () => {
    const drawn: unknown = await chat.frame
      .evaluate(`createImageBitmap(document.querySelector('.thumbnail')).then(bitmap => {
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(2, 2, 1, 1).data].map(value => Math.round(value / 64));
    })`);
    assert.deepEqual(drawn, red);
  });
  await chat.ask('What is this?');
  const sent = sentImage((await endpoint.arrival(0)).body);
  assert.deepEqual([sent.mediaType, sent.size], ['image/jpeg', '1344×896']);
  assert.deepEqual(await colourAt(chat, sent, 0.2, 0.5), red);
  assert.deepEqual(await colourAt(chat, sent, 0.8, 0.5), blue);
});

view('a photograph that was taken upright is sent upright', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const exif = [0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1')];
  const orientation = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  await give(
    chat,
    'upright.jpg',
    'paste',
    `await picture(2000, 1000, 'image/jpeg').then(made =>
      Uint8Array.from([...made.subarray(0, 2), ...${JSON.stringify([...exif, ...orientation])}, ...made.subarray(2)]))`,
  );
  await chat.button('Remove upright.jpg').waitFor();
  await chat.ask('What is this?');
  const sent = sentImage((await endpoint.arrival(0)).body);
  assert.equal(sent.size, '784×1568');
  // The left side of what the camera stored is above.
  assert.deepEqual(await colourAt(chat, sent, 0.5, 0.2), red);
  assert.deepEqual(await colourAt(chat, sent, 0.5, 0.8), blue);
  assert.equal(sent.bytes.includes('Exif'), false);
});

view('what can be seen through stays so, and what moves stays as it is', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await give(chat, 'window.png', 'paste', `await picture(3000, 2000, 'image/png')`);
  await chat.button('Remove window.png').waitFor();
  await chat.ask('What is this?');
  const png = sentImage((await endpoint.arrival(0)).body);
  assert.deepEqual([png.mediaType, png.size], ['image/png', '1344×896']);
  assert.deepEqual(await colourAt(chat, png, 0.2, 0.5), red);
  assert.equal((await colourAt(chat, png, 0.8, 0.5))[3], 0);
  await chat.idle();

  const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  const head = [...Buffer.from('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 0];
  const gif = Buffer.from([...head, ...frame, ...frame, 0x3b]);
  await give(chat, 'moves.gif', 'paste', `Uint8Array.from(${JSON.stringify([...gif])})`);
  await chat.button('Remove moves.gif').waitFor();
  await chat.ask('And this?');
  assert.deepEqual(sentImage((await endpoint.arrival(1)).body).bytes, gif);
});

view('while files are dragged over the view it says how to attach them', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const over = (isShift: boolean): Promise<unknown> =>
    chat.frame.evaluate(`{
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.png'));
      const event = new DragEvent('dragover', { dataTransfer, shiftKey: ${isShift}, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }`);
  await over(false);
  await chat.frame.getByText('Hold Shift to attach').waitFor();
  await over(true);
  await chat.frame.getByText('Drop to attach').waitFor();
  await chat.frame.getByText('Drop to attach').waitFor({ state: 'detached' });
  await over(true);
  await give(chat, 'dropped.png', 'drop', `await picture(100, 100, 'image/png')`);
  await chat.button('Remove dropped.png').waitFor();
  assert.equal(await chat.frame.getByText('Drop to attach').count(), 0);
  await give(chat, 'archive.zip', 'drop', `Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0])`);
  await workbench.notification('archive.zip was not attached: it is none of');
});

view('an encrypted PDF is refused when it is pasted, and cells come as text', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const pdf = await readFile(new URL('../support/pdf/ownerPassword.pdf', import.meta.url));
  await give(chat, 'secret.pdf', 'paste', `Uint8Array.from(${JSON.stringify([...pdf])})`);
  await workbench.notification('secret.pdf was not attached: it is encrypted');
  await chat.frame.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
    clipboardData.setData('text/plain', 'a\\tb');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
    window.wasTaken = event.defaultPrevented;
  }`);
  assert.equal(await chat.frame.evaluate('window.wasTaken'), false, 'the field itself takes the text');
  await chat.ask('Only words');
  const { messages } = (await endpoint.arrival(0)).body as { messages: unknown };
  assert.deepEqual(messages, [{ role: 'user', content: 'Only words' }]);
});

view('an image that the endpoint refuses is left out on request, and later too', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await give(chat, 'window.png', 'paste', `await picture(300, 200, 'image/png')`);
  await chat.button('Remove window.png').waitFor();
  endpoint.faults.next({ kind: 'status', status: 400, message: 'messages.0.content.0.image: not supported' });
  await chat.ask('What is this?');
  await chat.answers.last().getByText('The endpoint refused window.png').waitFor();
  await chat.button('Retry Without window.png').click();
  await endpoint.arrival(1);
  await chat.idle();
  await chat.ask('And now?');
  await chat.idle();
  for (const { body } of endpoint.requests.slice(1)) {
    assert.doesNotMatch(JSON.stringify(body), /"type":"image"/);
    assert.match(JSON.stringify(body), /\[window\.png was attached here\]/);
  }
});
