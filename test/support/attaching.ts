import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chat } from '../../harness/drive/workbench.ts';

/** What is attached to the message. */
export function chip(chat: Chat, name: string | RegExp) {
  return chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('button', { name });
}

/** What is offered behind the `@`. */
export function option(chat: Chat, name: string | RegExp) {
  return chat.frame.getByRole('option', { name });
}

/** The text blocks of a request’s last message. */
export function sentTexts(body: unknown): string[] {
  const { messages } = body as { messages: { content: string | { text?: string }[] }[] };
  const content = messages.at(-1)?.content ?? [];
  return typeof content === 'string' ? [content] : content.map(({ text = '' }) => text);
}

/** Puts into `src` what does not go along with the folder. */
export async function hideFiles(workspace: string): Promise<void> {
  await writeFile(join(workspace, 'src/.env'), 'TOKEN=1\n');
  await writeFile(join(workspace, 'src/logo.bin'), Buffer.from([0, 1, 2]));
  await writeFile(join(workspace, '.gitignore'), 'secret*\n');
  await writeFile(join(workspace, 'src/secret.ts'), 'hidden');
}

/** Sends the folder, once it is attached: it says what it leaves out, and the rest arrives. */
export async function sendFolder(
  chat: Chat,
  endpoint: { arrival: (index: number) => Promise<{ body: unknown }> },
): Promise<void> {
  await chip(chat, /^src\//).waitFor();
  assert.match(
    (await chat.frame.locator('.attachment').getAttribute('title')) ?? '',
    /Left out: 1 \(no text\), 1 \(may hold secrets\)/,
  );
  await chat.ask('What is this?');
  const [folder = ''] = sentTexts((await endpoint.arrival(0)).body);
  assert.match(folder, /^Folder: src\n/);
  assert.match(folder, /src\/\.env \(may hold secrets, not included\)\n/);
  assert.match(folder, /src\/logo\.bin \(binary, not included\)/);
  assert.match(folder, /File: src\/orders\.ts\n```ts\n/);
  assert.doesNotMatch(folder, /TOKEN|hidden|secret\.ts/);
}
