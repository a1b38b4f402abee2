import { setSideBarWidth } from './sideBarWidth.ts';
import { ended, newConversation, type Stage } from './stage.ts';

/** Put together, so that no scanner of this repository takes it for a real one. */
const token = ['ghp', 'q7Zk2Vx9Lm4Tn8Rb3Yc6Wd1Sf5Gh0JpKuXeA'].join('_');

/** Secrets that are found in a message: asked about, sent as placeholders, put back in the answer. */
export async function secrets({ workbench, endpoint, album, width }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.changeSettings({ 'marginalia.filter.secrets': 'ask' });
  try {
    const chat = await newConversation(workbench);
    await chat.askAtOnce(`Why is this refused?\ncurl -H "Authorization: Bearer ${token}" https://api.github.com/user`);
    const card = chat.frame.getByRole('region', { name: 'Send secrets?' });
    await card.waitFor();
    await album.take(page, 'secrets-asked');
    await setSideBarWidth(page, 240);
    await album.take(page, 'secrets-asked-narrow');
    await setSideBarWidth(page, width);
    const text =
      'The header is right. See what it says:\n\n```sh\ncurl -i -H "Authorization: Bearer ⟦token-1⟧" https://api.github.com/user\n```';
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
    await card.getByRole('button', { name: 'Send Placeholders' }).click();
    await ended(chat);
    await chat.frame.getByText('Adjusted in this request: messages').first().click();
    await album.take(page, 'secrets-answered');
  } finally {
    await workbench.changeSettings({ 'marginalia.filter.secrets': 'off' });
  }
}
