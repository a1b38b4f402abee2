import type { Chat } from '../../harness/drive/workbench.ts';
import { ended, type Stage } from './stage.ts';

/** What a slash offers, and what the chosen prompt says that it will send. */
export async function callingPrompt({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  const chat = await workbench.openChat();
  await chat.box.click();
  await page.keyboard.type('/');
  await chat.frame.getByRole('option', { name: /tests/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await album.take(page, 'prompt-list');
  await page.keyboard.type('te');
  await page.keyboard.press('Enter');
  await chat.frame.getByText('src/orders.ts:16–22').last().waitFor();
  await page.keyboard.type('with vitest');
  await album.take(page, 'prompt-chosen');
  await chat.button('Show Prompt').click();
  await album.take(page, 'prompt-shown');
  await chat.box.click();
  await page.keyboard.press('Enter');
  await chat.stopButton.waitFor();
  await ended(chat);
  await album.take(page, 'prompt-answered');
}

/** Images beside the message, and where a drop would go. */
export async function attachingImages({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await pasteDrawing(chat, 'checkout-screen.png', 1920, 1080);
  await pasteDrawing(chat, 'receipt.jpg', 3000, 4000);
  await chat.button('Remove receipt.jpg').waitFor();
  await album.take(workbench.page, 'images-attached');
  // As the page sees it while the editor holds the drag.
  await chat.frame.evaluate(`{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png'));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  }`);
  await album.take(workbench.page, 'drop-hint');
  await chat.box.fill('What differs between these two?');
  await chat.box.press('Enter');
  await chat.stopButton.waitFor();
  await ended(chat);
  await album.take(workbench.page, 'images-answered');
}

async function pasteDrawing(chat: Chat, name: string, width: number, height: number): Promise<void> {
  const type = name.endsWith('.jpg') ? 'image/jpeg' : 'image/png';
  const drawn: unknown = await chat.frame.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(${width}, ${height});
    const context = canvas.getContext('2d');
    const sky = context.createLinearGradient(0, 0, ${width}, ${height});
    for (const [at, colour] of [[0, '#f3b562'], [0.5, '#f06060'], [1, '#5c4b51']]) sky.addColorStop(at, colour);
    context.fillStyle = sky;
    context.fillRect(0, 0, ${width}, ${height});
    context.fillStyle = '#8cbeb2';
    context.fillRect(${width} / 4, ${height} / 4, ${width} / 3, ${height} / 2);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: '${type}' })).arrayBuffer());
    return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  })()`);
  await chat.paste(name, Buffer.from(String(drawn), 'latin1').toString('base64'));
}
