import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

const port = { name: 'port', description: 'Port it', prompt: 'Port ${selection} to ${input}.' };

view.use({ settings: { 'marginalia.prompts': [port] } });

interface Body {
  messages: { role: string; content: string | { type: string; text?: string }[] }[];
}

function lastText(body: unknown): string {
  const content = (body as Body).messages.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}

view('a path is no prompt', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('/usr/bin is full');
  assert.equal(lastText((await endpoint.arrival(0)).body), '/usr/bin is full');
  await chat.ask('/nothing of that name');
  assert.equal(lastText((await endpoint.arrival(1)).body), '/nothing of that name');
});
