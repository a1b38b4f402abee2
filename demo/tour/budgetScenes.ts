import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { ended, type Stage } from './stage.ts';

export async function nextRequestSize({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.box.fill('How large has this become, and what would the next turn cost?');
  await chat.button(/^Next request/).click();
  await chat.frame.getByRole('dialog', { name: 'The Next Request' }).waitFor();
  await album.take(workbench.page, 'next-request');
  await workbench.page.keyboard.press('Escape');
  await chat.box.fill('');
}

/** As a file says it that has 90 pages, which is all that is looked at before it is sent. */
const report = btoa('%PDF-1.4\n1 0 obj << /Type /Pages /Count 90 >>');

/** A message that costs more than the user lets pass, and does not fit the window. */
export async function askingBeforeSending({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.paste('annual-report.pdf', report);
  await chat.frame.getByText('annual-report.pdf').waitFor();
  await chat.box.fill('What does this report say about tea?');
  await chat.frame.getByRole('region', { name: 'Make Room' }).waitFor();
  await album.take(workbench.page, 'window-overfull');
  await chat.box.press('Enter');
  const question = chat.frame.getByRole('region', { name: 'Send this?' });
  await question.waitFor();
  await album.take(workbench.page, 'asks-before-sending');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await chat.button('Remove annual-report.pdf').click();
  await chat.frame.getByRole('region', { name: 'Make Room' }).waitFor({ state: 'hidden' });
  await chat.box.fill('');
}

/** The endpoint refuses; room is made, and the question is answered. */
export async function makingRoom({ workbench, endpoint, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => {
    if ((await chat.questions.count()) > 0) throw new Error('The old conversation is still shown.');
  });
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(1, 30);
  await workbench.command('Marginalia: Explain Selection');
  await chat.answers.first().waitFor();
  await ended(chat);
  await ask(chat, 'List 3 things about tea');
  endpoint.faults.next({ kind: 'status', status: 400, message: 'prompt is too long: 212345 tokens > 200000 maximum' });
  await ask(chat, 'Which of them is the oldest?', 'failed');
  const offers = chat.frame.getByRole('region', { name: 'Make Room' });
  await offers.waitFor();
  await album.take(workbench.page, 'did-not-fit');
  await offers.getByRole('button', { name: 'Attachments…' }).click();
  await chat.frame.getByRole('checkbox', { name: /orders/ }).click();
  await chat.showStart();
  await chat.frame.getByText('Not sent any more: src/orders.ts:1-30').waitFor();
  await album.take(workbench.page, 'attachments-dropped');
  await chat.showEnd();
  await offers.getByRole('button', { name: 'Attachments…' }).click();
  endpoint.faults.next({
    kind: 'script',
    content: [
      {
        type: 'text',
        text: '- You asked what `src/orders.ts` does: it adds up orders.\n- You asked for three things about **tea**.\n- Open: which of them is the oldest.',
      },
    ],
  });
  await offers.getByRole('button', { name: 'Summarize Older Turns' }).click();
  const summary = chat.frame.getByRole('article', { name: 'Summary' });
  await summary.getByRole('button', { name: 'Edit Summary' }).waitFor();
  await summary.scrollIntoViewIfNeeded();
  await album.take(workbench.page, 'summarized');
  await offers.getByRole('button', { name: 'Try Again', exact: true }).click();
  await chat.stopButton.waitFor();
  await ended(chat);
  await album.take(workbench.page, 'answered-after-summary');
}

async function ask(chat: Chat, text: string, phase?: 'failed'): Promise<void> {
  await chat.ask(text);
  await ended(chat, phase);
}
