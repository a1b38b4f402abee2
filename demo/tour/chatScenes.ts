import { ended, type Stage, written } from './stage.ts';

export async function questionAndAnswer({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.box.click();
  await workbench.page.keyboard.type('Compare debounce and throttle in a table, with an example in TypeScript');
  await album.take(workbench.page, 'typing');
  await workbench.page.keyboard.press('Enter');
  await written(chat, 120);
  await album.take(workbench.page, 'answer-streams');
  await ended(chat);
  await album.take(workbench.page, 'answer-complete');
}

export async function stopping({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.ask('Write 20 long paragraphs about tea');
  await written(chat, 500);
  await album.take(workbench.page, 'before-stop');
  await chat.stopButton.click();
  await ended(chat, 'stopped');
  await album.take(workbench.page, 'stopped');
}

export async function nextTurn({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.ask('What did I ask you first?');
  await ended(chat);
  await album.take(workbench.page, 'next-turn');
}

export async function queueing({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.ask('Write 4 long paragraphs about coffee');
  for (const text of ['And about cocoa?', 'Which of them keeps one awake the longest, and for how many hours?']) {
    await chat.box.fill(text);
    await chat.box.press('Enter');
  }
  await chat.frame.getByRole('listitem').filter({ hasText: 'Which of them' }).waitFor();
  await album.take(workbench.page, 'queued');
  await chat.button('Remove Queued Message').first().click();
  await chat.button('Send Now').last().click();
  await chat.questions.last().filter({ hasText: 'Which of them' }).waitFor();
  await ended(chat);
}

export async function continuing({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.answers.last().hover();
  await chat.button('Continue').last().click();
  await chat.stopButton.waitFor();
  await album.take(workbench.page, 'continues');
  await ended(chat);
}
