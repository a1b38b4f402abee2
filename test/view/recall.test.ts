import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

view(
  'the arrows bring back what was sent, here and in other conversations',
  async ({ workbench, endpoint, context }) => {
    const chat = await workbench.openChat();
    const { keyboard } = chat.page;
    const press = async (key: string): Promise<string> => {
      await keyboard.press(key);
      return chat.box.inputValue();
    };
    await chat.ask('What is oolong?');
    await chat.idle();
    await workbench.command('Marginalia: New Conversation');
    await eventually(async () => assert.equal(await chat.answers.count(), 0));
    await chat.ask('What is sencha?');
    await chat.idle();
    await chat.ask('And how hot?');
    await chat.idle();

    await chat.box.click();
    assert.equal(await press('ArrowUp'), 'And how hot?');
    assert.equal(await press('ArrowUp'), 'What is sencha?');
    assert.equal(await press('ArrowUp'), 'What is oolong?');
    assert.equal(await press('ArrowDown'), 'What is sencha?');
    await keyboard.type(' Really');
    assert.equal(await press('ArrowUp'), 'What is sencha? Really', 'what is changed is a draft');
    await press('Home');
    assert.equal(await press('ArrowUp'), 'And how hot?');
    assert.equal(await press('ArrowDown'), 'What is sencha? Really');
    await press('Home');
    assert.equal(await press('ArrowUp'), 'And how hot?');
    await keyboard.press('Control+Z');
    await eventually(async () => assert.equal(await chat.box.inputValue(), 'What is sencha? Really', 'undone'));

    // While an input method shows candidates, the arrows choose among them.
    await chat.box.fill('');
    const devtools = await context.newCDPSession(chat.page);
    await devtools.send('Input.imeSetComposition', { text: 'せんちゃ', selectionStart: 4, selectionEnd: 4 });
    await Promise.race([
      devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'ArrowUp' }),
      sleep(2_000),
    ]);
    assert.equal(await chat.box.inputValue(), 'せんちゃ');
    await devtools.send('Input.insertText', { text: '' });
    await chat.box.fill('');

    await press('ArrowUp');
    await press('ArrowUp');
    await keyboard.press('Enter');
    await chat.answers.nth(2).waitFor();
    await chat.idle();
    assert.match(JSON.stringify((await endpoint.arrival(3)).body), /What is sencha\?"[^]*What is sencha\?/);
    assert.equal(await chat.box.inputValue(), '');
  },
);
