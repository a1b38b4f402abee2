import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey.use({
  settings: { 'marginalia.systemPrompt': 'You are a careful assistant for programmers. '.repeat(300) },
});

interface Body {
  messages: { content: unknown }[];
}

journey(
  'the second turn reads the first from the cache, and the usage is kept',
  async ({ workbench, endpoint, workspace }) => {
    const chat = await workbench.openChat();
    await chat.ask('First question');
    await chat.idle();
    await chat.ask('Second question');
    await chat.idle();
    const { messages } = (await endpoint.arrival(1)).body as Body;
    assert.deepEqual(messages.at(-1)?.content, [
      { type: 'text', text: 'Second question', cache_control: { type: 'ephemeral' } },
    ]);
    await eventually(async () => {
      const title = await chat.answers.last().locator('.usage').getAttribute('title');
      assert.match(title ?? '', /from the cache: [\d,]{4,}/);
    });

    await workbench.command('Marginalia: Export Usage…');
    const input = await workbench.textInput();
    await eventually(async () => {
      // The dialog looks at the folder first and takes no Enter meanwhile.
      await input.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 2_000 });
    });
    // With all that this user has ever sent.
    await workbench.notification('requests were exported to marginalia-usage-');
    const [file = ''] = (await readdir(workspace)).filter(name => name.endsWith('.csv'));
    await workbench.openFile(file);
    await workbench.page.locator('.view-line', { hasText: 'started_at,origin,model,purpose' }).first().waitFor();
    await workbench.page.locator('.view-line', { hasText: ',chat,complete' }).first().waitFor();
  },
);
