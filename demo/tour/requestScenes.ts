import { ended, type Stage } from './stage.ts';

export async function parameters({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  const { frame } = chat;
  await chat.box.fill('Which teas grow in Japan?');
  await workbench.command('Marginalia: Show Parameters');
  await frame.getByRole('group', { name: 'The Next Request' }).waitFor();
  await frame.getByLabel('temperature', { exact: true }).fill('0.3');
  await frame.getByLabel('max_tokens', { exact: true }).fill('0');
  await frame.getByText(/was left out/).waitFor();
  await album.take(workbench.page, 'parameters');
  await frame.getByRole('group', { name: 'The Next Request' }).scrollIntoViewIfNeeded();
  await album.take(workbench.page, 'parameters-request');
  await frame.getByLabel('max_tokens', { exact: true }).fill('');
  await frame.getByLabel('temperature', { exact: true }).fill('');
  await chat.button(/^Parameters$/).waitFor();
  await workbench.page.keyboard.press('Escape');
  await chat.box.fill('');
}

/** A tool of the user's own, asked for by a script of the demo's, and answered by hand. */
export async function toolUse({ workbench, endpoint, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await workbench.command('Marginalia: Show Parameters');
  const tools = [{ name: 'look_up_price', input_schema: { type: 'object', properties: { item: { type: 'string' } } } }];
  await chat.frame.getByLabel('tools', { exact: true }).fill(JSON.stringify(tools));
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await workbench.page.keyboard.press('Escape');
  endpoint.faults.next({
    kind: 'script',
    content: [
      { type: 'text', text: 'I will look that up.' },
      { type: 'tool_use', name: 'look_up_price', input: { item: 'sencha' } },
    ],
  });
  await chat.ask('What does sencha cost?');
  await ended(chat);
  await chat.frame.getByLabel('Result of look_up_price').fill('4.20 EUR for 100 g');
  await album.take(workbench.page, 'tool-use');
  await chat.button('Send Result').click();
  await chat.stopButton.waitFor();
  await ended(chat);
  await album.take(workbench.page, 'tool-answered');
}

export async function attaching({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await chat.paste('screenshot.png', dot);
  await chat.frame.getByText('screenshot.png').waitFor();
  await chat.box.fill('What does this show?');
  await album.take(workbench.page, 'attached');
  await workbench.page.keyboard.press('Enter');
  await chat.stopButton.waitFor();
  await ended(chat);
  await album.take(workbench.page, 'attached-and-answered');
}

export async function requests({ workbench, album }: Stage): Promise<void> {
  const inspector = await workbench.inspector();
  await inspector.getByText('First token').first().waitFor();
  await album.take(workbench.page, 'requests');
  await workbench.command('View: Close Editor');
}
