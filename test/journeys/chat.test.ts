import assert from 'node:assert/strict';
import type { Fault } from '../../harness/endpoint/server.ts';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

/** In mid-answer, with some lines shown. */
const hold = { kind: 'hold', afterPieces: 80 } satisfies Fault;

journey(
  'a question is typed, answered in rendered Markdown, asked again, and both answers compared',
  async ({ workbench, endpoint }) => {
    endpoint.faults.next({ kind: 'hold', afterPieces: 5 });
    const chat = await workbench.openChat();
    await chat.ask('Show me a table about tea');
    await chat.stopButton.waitFor();
    endpoint.faults.release();
    await chat.idle();
    assert.equal(await chat.questions.count(), 1);
    assert.match(await chat.questions.innerText(), /Show me a table about tea/);
    assert.equal(await chat.answers.locator('table').count(), 1);
    assert.equal(await chat.box.inputValue(), '');
    assert.equal(endpoint.requests.length, 1);
    // The page forbids everything that is not its own.
    const policy = await chat.frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy ?? '', /^default-src 'none'.*; base-uri 'none'; form-action 'none'$/);
    assert.doesNotMatch(policy ?? '', /unsafe|\*(?!\.vscode-cdn\.net)|data:/);

    await chat.answers.first().hover();
    await chat.answers.getByRole('button', { name: 'Try Again', exact: true }).click();
    await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
    await chat.idle();
    assert.equal(endpoint.requests.length, 2);
    await chat.answers.first().hover();
    await chat.answers.getByRole('button', { name: 'More Actions' }).click();
    await chat.answers.getByRole('menuitem', { name: 'Compare Versions' }).click();
    await workbench.page.locator('.monaco-diff-editor').waitFor();
  },
);

journey(
  'hiding, moving and reloading the view in mid-answer loses nothing, nor the draft',
  async ({ workbench, endpoint }) => {
    await journey.step('it is hidden, and moved', async () => {
      endpoint.faults.next({ ...hold, againAfter: 20 });
      const chat = await workbench.openChat();
      await chat.ask('Write 6 long paragraphs');
      await chat.answers.locator('p').first().waitFor();
      await workbench.command('View: Hide Secondary Side Bar');
      await workbench.page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' });
      endpoint.faults.release();
      await endpoint.faults.held();
      const moving = await workbench.openChat();
      await moving.stopButton.waitFor();
      await workbench.command('View: Move Secondary Side Bar Views To Panel');
      await eventually(() => assert.ok(moving.frame.isDetached(), 'it is drawn anew at its other place'));
      endpoint.faults.release();
      await workbench.openChat();
      // The page that was hidden may still be there for a moment.
      await eventually(async () => {
        const again = await workbench.chat();
        await again.idle();
        assert.equal(await again.answers.count(), 1);
        assert.match(await again.answers.innerText(), /Tokens/);
      });
      // Moved back, the panel's own views would come along.
      await workbench.command('View: Reset View Locations');
    });

    await journey.step('it is reloaded: the conversation, what had arrived and the draft are kept', async () => {
      await workbench.newConversation();
      const chat = await workbench.openChat();
      await chat.ask('Remember the teapot');
      await chat.idle();
      const before = await chat.answers.innerText();
      endpoint.faults.next(hold);
      await chat.ask('Write 60 long paragraphs');
      await endpoint.faults.held();
      await eventually(async () => assert.ok((await chat.answers.last().innerText()).length > 200));
      await chat.page.keyboard.type('half a sentence');
      // A pause in typing, after which the draft is the host's.
      await chat.page.waitForTimeout(patience / 25);
      await workbench.reload();
      const again = await workbench.openChat();
      assert.match(await again.questions.first().innerText(), /Remember the teapot/);
      assert.equal(await again.answers.first().innerText(), before);
      const text = await again.answers.last().innerText();
      assert.ok(text.length > 200, `kept ${text.length} characters`);
      assert.equal(await again.stopButton.isVisible(), false);
      assert.ok(await again.button('Try Again').first().isVisible());
      assert.equal(await again.box.inputValue(), 'half a sentence');
    });
  },
);
