import type { DemoEndpoint } from '../../harness/endpoint/server.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';
import type { Album } from './album.ts';

/** What a scene is played on. */
export interface Stage {
  workbench: Workbench;
  endpoint: DemoEndpoint;
  album: Album;
  /** Of the chat, in pixels. */
  width: number;
  /** Everything that the editor keeps on disk. */
  profile: string;
  /** The sample project that is open. */
  folder: string;
}

/** One thing that a user does. */
export type Scene = [name: string, act: (stage: Stage) => Promise<void>];

/** Does something that starts an answer, and waits for it to begin. */
export async function answerTo(workbench: Workbench, act: () => Promise<void>): Promise<Chat> {
  const chat = await workbench.chat();
  const before = await chat.turnCount();
  await act();
  await chat.answerAfter(before);
  return chat;
}

/** Begins a new conversation, and waits until it is shown: what is asked before that goes to the one before. */
export async function newConversation(workbench: Workbench): Promise<Chat> {
  await workbench.command('Marginalia: New Conversation');
  const chat = await workbench.openChat();
  await chat.until(`document.querySelectorAll('article').length === 0`);
  return chat;
}

/** Waits until so many characters of the last answer are shown. */
export async function written(chat: Chat, characters: number): Promise<void> {
  await eventually(async () => {
    const length = (await chat.answers.last().innerText()).length;
    if (length < characters) throw new Error(`Only ${length} characters of the answer are shown.`);
  });
}

/** Waits for the end of the last answer, which has to be the one that the scene is about. */
export async function ended(
  chat: Chat,
  phase: 'complete' | 'stopped' | 'truncated' | 'failed' = 'complete',
): Promise<void> {
  await chat.idle();
  await chat.frame.locator(`.turn-slot:last-child .answer.${phase}`).waitFor({ timeout: 5_000 });
}
