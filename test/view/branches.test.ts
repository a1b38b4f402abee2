import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

view.use({ pace: 0 });

async function choose(turn: Locator, action: string): Promise<void> {
  await turn.hover();
  await turn.getByRole('button', { name: 'More Actions' }).click();
  await turn.getByRole('menuitem', { name: action }).click();
}

async function texts(chat: Chat): Promise<string[]> {
  return chat.questions.locator('.prompt-text').allInnerTexts();
}

view(
  'a message is edited and asked again; both versions stay, also after a reload',
  async ({ workbench, endpoint }) => {
    let chat = await workbench.openChat();
    await chat.ask('Say one');
    await chat.idle();
    await chat.ask('Say two');
    await chat.idle();

    await choose(chat.questions.first(), 'Edit');
    const editor = chat.frame.getByRole('textbox', { name: 'Edit Message' });
    assert.equal(await editor.inputValue(), 'Say one');
    await editor.fill('Say eleven');
    await editor.press('Enter');
    await endpoint.arrival(2);
    await chat.idle();
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say eleven']));
    assert.equal(endpoint.requests.length, 3);
    assert.doesNotMatch(JSON.stringify(endpoint.requests[2]?.body), /Say one|Say two/);

    await chat.frame
      .getByRole('group', { name: 'Version 2 of 2' })
      .getByRole('button', { name: 'Previous Version' })
      .click();
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say one', 'Say two']));
    await workbench.reload();
    chat = await workbench.openChat();
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say one', 'Say two']));
    await chat.frame
      .getByRole('group', { name: 'Version 1 of 2' })
      .getByRole('button', { name: 'Next Version' })
      .click();
    await eventually(async () => assert.deepEqual(await texts(chat), ['Say eleven']));
  },
);

view('Escape leaves an edited message as it was, and no answer is asked for', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  await choose(chat.questions.first(), 'Edit');
  const editor = chat.frame.getByRole('textbox', { name: 'Edit Message' });
  await editor.fill('something else');
  await editor.press('Escape');
  await editor.waitFor({ state: 'detached' });
  assert.deepEqual(await texts(chat), ['Say one']);
  assert.equal(endpoint.requests.length, 1);
});

view('an edited answer is what the model is told it has said', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  await choose(chat.answers.first(), 'Edit');
  const editor = chat.frame.getByRole('textbox', { name: 'Edit Answer' });
  await editor.fill('My **own** words');
  await editor.press('Control+Enter');
  await eventually(async () =>
    assert.match(await chat.answers.innerText(), /claude-sonnet-4-5 · edited[\s\S]*My own words/),
  );
  await chat.ask('And now?');
  const { body } = await endpoint.arrival(1);
  assert.match(JSON.stringify(body), /My \*\*own\*\* words/);
});

view('a deleted message comes back by Undo', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  for (const text of ['Say one', 'Say two']) {
    await chat.ask(text);
    await chat.idle();
  }
  await choose(chat.questions.first(), 'Delete with Its Answer');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say two']));
  assert.equal(await chat.answers.count(), 1);
  await chat.frame.getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say one', 'Say two']));
  assert.equal(await chat.answers.count(), 2);

  await choose(chat.questions.first(), 'Delete with Its Answer');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say two']));
  await chat.ask('Say three');
  const { body } = await endpoint.arrival(2);
  assert.match(JSON.stringify(body), /"messages":\[\{"role":"user","content":"Say two"/);
});

view('a message is deleted with all after it, and all of it comes back by Undo', async ({ workbench }) => {
  const chat = await workbench.openChat();
  for (const text of ['Say one', 'Say two', 'Say three']) {
    await chat.ask(text);
    await chat.idle();
  }
  await choose(chat.questions.nth(1), 'Delete This and All After It');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say one']));
  await chat.button('Undo').click();
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say one', 'Say two', 'Say three']));
  await chat.questions.last().hover();
  await chat.questions.last().getByRole('button', { name: 'More Actions' }).click();
  await chat.frame.getByRole('menuitem', { name: 'Delete with Its Answer' }).waitFor();
  assert.equal(await chat.frame.getByRole('menuitem', { name: 'Delete This and All After It' }).count(), 0);
});

view('a fork goes on in a conversation of its own', async ({ workbench }) => {
  const chat = await workbench.openChat();
  for (const text of ['Say one', 'Say two']) {
    await chat.ask(text);
    await chat.idle();
  }
  await choose(chat.answers.first(), 'Fork from Here');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say one']));
  await chat.ask('Say three');
  await chat.idle();
  assert.deepEqual(await texts(chat), ['Say one', 'Say three']);
});

view('the menu of a turn is walked with the keyboard', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  const button = chat.questions.first().getByRole('button', { name: 'More Actions' });
  await button.focus();
  await chat.page.keyboard.press('Enter');
  const focused = (): Promise<string> => chat.frame.evaluate('document.activeElement.textContent');
  await eventually(async () => assert.equal(await focused(), 'Edit'));
  await chat.page.keyboard.press('ArrowUp');
  await eventually(async () => assert.equal(await focused(), 'Delete with Its Answer'));
  await chat.page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await chat.questions.getByRole('menu').isVisible(), false));
  const label = (): Promise<string> => chat.frame.evaluate('document.activeElement.getAttribute("aria-label") ?? ""');
  await eventually(async () => assert.match(await label(), /More Actions/));
});

view('versions are switched with the keyboard, which stays where it is pressed', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  const { keyboard } = chat.page;
  await chat.answers.first().getByRole('button', { name: 'Try Again', exact: true }).press('Enter');
  await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
  await chat.idle();
  const place = (): Promise<string> =>
    chat.frame.evaluate(
      `document.activeElement.closest('[role=group]')?.ariaLabel + ', ' + document.activeElement.ariaLabel`,
    );
  await chat.button('Previous Version').press('Enter');
  await eventually(async () => assert.equal(await place(), 'Version 1 of 2, Next Version'));
  await keyboard.press('Enter');
  await eventually(async () => assert.equal(await place(), 'Version 2 of 2, Previous Version'));
  await chat.answers.first().getByRole('button', { name: 'Try Again', exact: true }).press('Enter');
  await chat.frame.getByRole('group', { name: 'Version 3 of 3' }).waitFor();
  await chat.idle();
  await chat.button('Previous Version').press('Space');
  await eventually(async () => assert.equal(await place(), 'Version 2 of 3, Previous Version'));
});

view('with the keyboard a turn is deleted and brought back, and a fork is written in', async ({ workbench }) => {
  const chat = await workbench.openChat();
  for (const text of ['Say one', 'Say two']) {
    await chat.ask(text);
    await chat.idle();
  }
  const { keyboard } = chat.page;
  const focused = (): Promise<string> => chat.frame.evaluate('document.activeElement.textContent');
  const chooseByKey = async (turn: Locator, action: string): Promise<void> => {
    await turn.getByRole('button', { name: 'More Actions' }).press('Enter');
    await eventually(async () => {
      if ((await focused()) === action) return;
      await keyboard.press('ArrowDown');
      assert.equal(await focused(), action);
    });
    await keyboard.press('Enter');
  };
  await chooseByKey(chat.questions.first(), 'Delete with Its Answer');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say two']));
  await chat.frame.getByRole('status').getByText('Message deleted.').waitFor();
  await keyboard.press('Tab');
  await eventually(async () => assert.equal(await focused(), 'Undo'));
  await keyboard.press('Enter');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say one', 'Say two']));
  await chat.box.and(chat.frame.locator(':focus')).waitFor();

  await chooseByKey(chat.answers.first(), 'Fork from Here');
  await eventually(async () => assert.deepEqual(await texts(chat), ['Say one']));
  await chat.box.and(chat.frame.locator(':focus')).waitFor();
});

view('an answer is asked for again with other parameters, beside the first', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  const first = (await endpoint.arrival(0)).body as object;
  await chat.button('Parameters').click();
  await chat.frame.getByLabel('top_k', { exact: true }).fill('7');
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await chat.button('Close Parameters').click();
  await chat.answers.first().getByRole('button', { name: 'Try Again', exact: true }).press('Enter');
  await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
  await chat.idle();
  assert.deepEqual((await endpoint.arrival(1)).body, { ...first, top_k: 7 });
  assert.deepEqual(await texts(chat), ['Say one']);
});

view(
  'an answer is asked for again of another model with one click or key; that changes neither the conversation nor the settings',
  async ({ workbench, endpoint }) => {
    const models = (): unknown[] =>
      endpoint.requests.flatMap(({ path, body }) =>
        path === '/v1/messages' ? [(body as { model: string }).model] : [],
      );
    const [first, opus, haiku] = ['claude-sonnet-4-5-20250929', 'claude-opus-5', 'claude-haiku-4-5-20251001'];
    const chat = await workbench.openChat();
    await chat.ask('Say one');
    await chat.idle();
    await chat.answers.first().hover();
    const again = chat.answers.last().getByRole('button', { name: 'Try Again with Another Model' });
    await again.click();
    await workbench.pick('Claude Opus 5');
    await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
    await chat.idle();
    assert.deepEqual(models(), [first, opus]);

    await again.focus();
    await chat.page.keyboard.press('Enter');
    await workbench.pick('Claude Haiku 4.5');
    await chat.frame.getByRole('group', { name: 'Version 3 of 3' }).waitFor();
    await chat.idle();
    await chat.ask('Say two');
    await chat.idle();
    assert.deepEqual(models(), [first, opus, haiku, first]);
  },
);

view(
  'a model and parameters that are chosen in a conversation stay in it, also after a reload',
  async ({ workbench, endpoint }) => {
    const asked = (): unknown => {
      const body = endpoint.requests.findLast(({ path }) => path === '/v1/messages')?.body;
      const sent = body as { model?: string; top_k?: number } | undefined;
      return [sent?.model, sent?.top_k];
    };
    let chat = await workbench.openChat();
    await chat.ask('Say one');
    await chat.idle();
    await workbench.command('Marginalia: Choose Model…');
    await workbench.list('Claude Haiku 4.5');
    await workbench.pick('Claude Haiku 4.5');
    await chat.button('claude-haiku-4-5').waitFor();
    await chat.button('Parameters').click();
    await chat.frame.getByLabel('top_k').fill('7');
    await chat.button('Close Parameters').click();
    await chat.ask('Say two');
    await chat.idle();
    assert.deepEqual(asked(), ['claude-haiku-4-5-20251001', 7]);

    await workbench.command('Marginalia: New Conversation');
    await chat.button('claude-sonnet-4-5').waitFor();
    await chat.ask('Say three');
    await chat.idle();
    assert.deepEqual(asked(), ['claude-sonnet-4-5-20250929', undefined]);

    await workbench.reload();
    chat = await workbench.openChat();
    await workbench.openConversation('Say one');
    await chat.button('claude-haiku-4-5').waitFor();
    await chat.ask('Say four');
    await chat.idle();
    assert.deepEqual(asked(), ['claude-haiku-4-5-20251001', 7]);
  },
);
