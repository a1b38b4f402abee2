import type { Chat } from '../../harness/drive/workbench.ts';
import { setSideBarWidth } from './sideBarWidth.ts';
import { ended, type Stage } from './stage.ts';

export async function refusedKey({ workbench, endpoint, album }: Stage): Promise<void> {
  endpoint.faults.next({ kind: 'status', status: 401 });
  const chat = await workbench.chat();
  await chat.ask('Is my key right?');
  await ended(chat, 'failed');
  await album.take(workbench.page, 'key-refused');
}

export async function busyEndpoint({ workbench, endpoint, album }: Stage): Promise<void> {
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '20' } });
  const chat = await workbench.chat();
  await chat.ask('Are you busy?');
  await chat.answers
    .last()
    .getByText(/Retrying/)
    .waitFor();
  await album.take(workbench.page, 'waits-to-retry');
  await chat.button('Retry Now').click();
  await ended(chat);
  await album.take(workbench.page, 'answered-after-retry');
}

export async function lostConnection({ workbench, endpoint, album }: Stage): Promise<void> {
  endpoint.faults.next({ kind: 'cutAfterPieces', n: 40 });
  const chat = await workbench.chat();
  await chat.ask('Write 5 long paragraphs about coffee');
  await ended(chat, 'truncated');
  await album.take(workbench.page, 'connection-lost');
  await tryAgain(chat);
  await album.take(workbench.page, 'tried-again');
}

export async function noKey({ workbench, album, width }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await setSideBarWidth(workbench.page, width);
  await album.take(workbench.page, 'no-key');
  await chat.ask('Hello');
  await ended(chat, 'failed');
  await album.take(workbench.page, 'no-key-answer');
  await workbench.command('Marginalia: Set API Key…');
  const input = await workbench.textInput();
  await album.take(workbench.page, 'set-key');
  await input.fill('a-key-for-the-demo');
  await workbench.page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
  await tryAgain(chat);
  await album.take(workbench.page, 'key-is-set');
}

async function tryAgain(chat: Chat): Promise<void> {
  await chat.button('Try Again').last().click();
  // What stands there from the first try goes when the second one begins.
  await chat.stopButton.waitFor();
  await ended(chat);
}
