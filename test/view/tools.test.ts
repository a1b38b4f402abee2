import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import type { DemoEndpoint } from '../../harness/endpoint/server.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import type { BareWorkbench } from '../support/bareEditor/bareWorkbench.ts';
import { themes } from '../../harness/editor/themes.ts';
import { dot } from '../support/dot.ts';
import { view } from '../support/view.ts';

const question = 'Fix the discount: a rate never goes below zero';

/** Opens the chat on the sample workspace, or another folder, in Act. */
async function openToAct(workbench: BareWorkbench, folder?: string): Promise<Chat> {
  const chat = await workbench.openChat();
  workbench.editor.openFolder(folder);
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

const cardOf = (chat: Chat) => chat.frame.getByRole('region', { name: 'Change src/prices.ts?' });

async function resultsIn(endpoint: DemoEndpoint, index: number): Promise<unknown[]> {
  const { messages } = (await endpoint.arrival(index)).body as { messages: { content: unknown[] }[] };
  return messages.at(-1)?.content ?? [];
}

view('a card asks with the change itself, is announced, and leaves the keyboard where it is', async ({ workbench }) => {
  const chat = await openToAct(workbench);
  await chat.ask(question);
  const card = cardOf(chat);
  await card.getByText('+  return Math.round(total * (1 - Math.max(0, discount.rate)));').waitFor();
  await card.getByText('-  return Math.round(total * (1 - discount.rate));').waitFor();
  await chat.until(`document.activeElement?.id === 'composer'`);
  await eventually(async () =>
    assert.match(await chat.frame.locator('[aria-live="polite"]').first().innerText(), /Change src\/prices\.ts\?/),
  );
  await chat.button(/^Done: View src\/prices\.ts/).waitFor();
  await chat.button(/^Asks: Edit src\/prices\.ts/).waitFor();
});

view('in every theme the card marks lines that come and go by more than their sign', async ({ stage }) => {
  const chat = await openToAct(stage.workbench);
  await chat.ask(question);
  await cardOf(chat).waitFor();
  for (const theme of Object.values(themes)) {
    await stage.changeSettings({ 'workbench.colorTheme': theme });
    await chat.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    const looks = await chat.frame.evaluate<string[]>(`['.added', '.removed', ':not(.added, .removed)'].map(kind => {
      const { backgroundColor, boxShadow } = getComputedStyle(document.querySelector('.diff-line' + kind));
      return backgroundColor + ' ' + boxShadow.replace(/^rgba\\(0, 0, 0, 0\\).*/, 'none');
    })`);
    assert.equal(new Set(looks).size, 3, `${theme}: ${looks.join(', ')}`);
  }
});

view('a key that answers the card presses nothing else, and the keyboard goes to the line', async ({ workbench }) => {
  const chat = await openToAct(workbench);
  await chat.ask(question);
  await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).press('Enter');
  await chat.idle();
  const line = chat.button(/Edit src\/prices\.ts/);
  await chat.until(`document.activeElement?.matches('.call-line > button')`);
  assert.equal(await line.getAttribute('aria-expanded'), 'false');
});

view('what a run has taken so far is seen while it goes on, and in all at its end', async ({ workbench }) => {
  const chat = await openToAct(workbench);
  await chat.ask(question);
  await cardOf(chat).waitFor();
  await chat.frame.getByText(/^So far · 2 rounds · [\d,]+ in · [\d,]+ out · .*\$[\d.]+ · /).waitFor();
  await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).press('Enter');
  await chat.idle();
  await chat.frame.getByText(/^In all · [3-9] rounds · .* · /).waitFor();
  assert.equal(await chat.frame.getByText(/^(So far|In all) · /).count(), 1);
});

view('Escape in the card denies, and stops nothing', async ({ workbench, endpoint }) => {
  const chat = await openToAct(workbench);
  await chat.ask(question);
  await cardOf(chat).getByRole('button', { name: 'Deny' }).press('Escape');
  const [result] = (await resultsIn(endpoint, 2)) as { content: string; is_error: boolean }[];
  assert.deepEqual([result?.content, result?.is_error], ['Not executed: the user declined.', true]);
  await chat.idle();
  await chat.answers.last().getByText('I leave src/prices.ts as it is.').first().waitFor();
  await chat.button(/^Denied: Edit src\/prices\.ts/).click();
  await chat.frame.getByRole('group', { name: 'Change of src/prices.ts' }).waitFor();
});

view('Stop while it asks leaves a conversation that a click goes on with, also after a reload', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  let chat = await openToAct(workbench);
  await chat.ask(question);
  await cardOf(chat).waitFor();
  await chat.stopButton.click();
  await chat.idle();
  await chat.button(/^Failed: Edit src\/prices\.ts/).waitFor();
  await chat.frame.getByText('The tools were stopped.').waitFor();
  assert.equal(endpoint.requests.length, 2);
  await workbench.reload();
  chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Act').waitFor();
  await chat.button('Go On').click();
  const [result] = (await resultsIn(endpoint, 2)) as { content: string }[];
  assert.equal(result?.content, 'Not executed: the user stopped.');
  await chat.idle();
  await chat.answers.last().getByText('Not executed: the user stopped.').first().waitFor();
  assert.equal(await chat.frame.getByText('The tools were stopped.').count(), 0);
});

view(
  'a message in mid-run goes with the next results, and can be taken back before',
  async ({ workbench, endpoint }) => {
    const chat = await openToAct(workbench);
    await chat.ask(question);
    await cardOf(chat).waitFor();
    const queued = chat.frame.getByRole('list', { name: 'Waiting to be sent' }).getByRole('listitem');
    await chat.box.fill('No rounding');
    await chat.box.press('Control+Enter');
    await chat.box.fill('Then the README');
    await chat.box.press('Enter');
    await eventually(async () => assert.equal(await queued.count(), 2));
    const steer = chat.button('Send with the Next Tool Results');
    const pressed = (): Promise<(string | null)[]> =>
      Promise.all([0, 1].map(at => steer.nth(at).getAttribute('aria-pressed')));
    assert.deepEqual(await pressed(), ['true', 'false']);
    await queued.nth(0).getByRole('button', { name: 'Edit Queued Message' }).click();
    await eventually(async () => assert.equal(await chat.box.inputValue(), 'No rounding'));
    await chat.box.press('Control+Enter');
    await eventually(async () => assert.deepEqual(await pressed(), ['true', 'false']));
    await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    const [result, said] = (await resultsIn(endpoint, 2)) as { type: string; text?: string }[];
    assert.deepEqual([result?.type, said?.type, said?.text], ['tool_result', 'text', 'No rounding']);
    const prompts = chat.frame.getByRole('article', { name: /^You, turn/ });
    await prompts.getByText('No rounding').waitFor();
    await endpoint.arrival(3);
    await chat.idle();
    const texts = await prompts.allInnerTexts();
    assert.deepEqual(
      texts.map(text => ['Fix', 'No rounding', 'Then the README'].find(begin => text.includes(begin))),
      ['Fix', 'No rounding', 'Then the README'],
    );
  },
);

view(
  'a call of a tool that is written by hand shows its form, beside one that runs',
  async ({ workbench, endpoint }) => {
    const chat = await openToAct(workbench);
    await workbench.command('Marginalia: Show Parameters');
    const tools = [{ name: 'weather', input_schema: { type: 'object' } }];
    await chat.frame.getByLabel('tools', { exact: true }).fill(JSON.stringify(tools));
    await chat.button(/^Parameters \(1 set\)$/).waitFor();
    await chat.page.keyboard.press('Escape');
    const view = { command: 'view', path: 'src/prices.ts', view_range: [1, 2] };
    endpoint.faults.next({
      kind: 'script',
      content: [
        { type: 'tool_use', id: 'toolu_1', name: 'str_replace_based_edit_tool', input: view },
        { type: 'tool_use', id: 'toolu_2', name: 'weather', input: {} },
      ],
    });
    await chat.ask('Look, and how is the weather?');
    await chat.frame.getByLabel('Result of weather').fill('rain');
    assert.equal(await chat.frame.getByLabel(/^Result of/).count(), 1);
    await chat.button('Send Result').click();
    const results = (await resultsIn(endpoint, 1)) as { tool_use_id: string; content: string }[];
    assert.deepEqual(
      results.map(({ tool_use_id: id }) => id),
      ['toolu_1', 'toolu_2'],
    );
    assert.match(results[0]?.content ?? '', /1\t\/\*\* Money is counted/);
  },
);

view('nothing runs in Chat: the request has no tools', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.ask(question);
  await chat.idle();
  assert.equal(Object.hasOwn((await endpoint.arrival(0)).body as object, 'tools'), false);
});

view(
  'an endpoint that takes no tools of the service’s own gets them with a schema, and that is said',
  async ({ workbench, endpoint }) => {
    const chat = await openToAct(workbench);
    const message = "Invalid value: 'text_editor_20250728'. Supported values are: 'function'.";
    endpoint.faults.next({ kind: 'status', status: 400, message });
    await chat.ask(question);
    await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    await chat.idle();
    const { tools } = (await endpoint.arrival(1)).body as {
      tools: { name: string; type?: string; input_schema?: object }[];
    };
    assert.deepEqual([tools[0]?.type, typeof tools[0]?.input_schema], [undefined, 'object']);
    await chat.answers.first().getByText('Adjusted in this request: native_tools').click();
    await chat.answers.first().getByText('Tools were sent with schemas of our own').waitFor();
  },
);

view(
  'the versions of October 2024 go out where the user asks for them; a later model gets schemas instead',
  async ({ workbench, endpoint, changeSettings }) => {
    const toolVersions = { textEditor: 'text_editor_20241022', bash: 'bash_20241022' };
    await changeSettings({ 'marginalia.models': { 'claude-*': { toolVersions } } });
    const chat = await openToAct(workbench);
    await chat.ask(question);
    await cardOf(chat).getByRole('button', { name: 'Allow', exact: true }).press('Enter');
    await chat.idle();
    const [refused, taken] = [await endpoint.arrival(0), await endpoint.arrival(1)];
    const typesIn = ({ body }: typeof refused) =>
      (body as { tools: { type?: string }[] }).tools.map(({ type }) => type);
    assert.deepEqual(typesIn(refused).slice(0, 2), ['text_editor_20241022', 'bash_20241022']);
    assert.equal(refused.headers['anthropic-beta'], 'computer-use-2024-10-22');
    assert.deepEqual(typesIn(taken).slice(0, 2), [undefined, undefined]);
    assert.equal(taken.headers['anthropic-beta'], undefined);
    await chat.answers.first().getByText('Adjusted in this request: native_tools').waitFor();
  },
);

view(
  'an image of the workspace is seen by the model, and by whoever opens the call',
  async ({ workbench, endpoint }) => {
    const folder = mkdtempSync(join(tmpdir(), 'marginalia-'));
    try {
      writeFileSync(join(folder, 'logo'), dot);
      const chat = await openToAct(workbench, folder);
      const input = { command: 'view', path: 'logo' };
      endpoint.faults.next({
        kind: 'script',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'str_replace_based_edit_tool', input }],
      });
      await chat.ask('What does the logo show?');
      const [result] = (await resultsIn(endpoint, 1)) as { content: { type: string; source?: { data: string } }[] }[];
      assert.deepEqual(
        result?.content.map(({ type }) => type),
        ['text', 'image'],
      );
      assert.equal(result.content[1]?.source?.data, dot.toString('base64'));
      await chat.idle();
      const line = chat.button(/^Done: View logo/);
      assert.match(await line.innerText(), /1 image/);
      await line.click();
      const picture = chat.frame.getByRole('img', { name: 'logo' });
      await chat.until(`document.querySelector('.call-images canvas')?.width > 0`);
      await picture.click();
      await eventually(() =>
        assert.ok(workbench.editor.ran.some(([command, uri]) => command === 'vscode.open' && /logo/.test(String(uri)))),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

view(
  'of a change some hunks are taken with the keyboard, and which stays to be seen',
  async ({ workbench, endpoint }) => {
    const folder = mkdtempSync(join(tmpdir(), 'marginalia-'));
    try {
      const lines = (changed: number[]): string =>
        Array.from({ length: 30 }, (_, at) => (changed.includes(at) ? `new ${at}\n` : `line ${at}\n`)).join('');
      writeFileSync(join(folder, 'a.txt'), lines([]));
      const chat = await openToAct(workbench, folder);
      const input = { command: 'create', path: 'a.txt', file_text: lines([1, 15, 28]) };
      endpoint.faults.next({
        kind: 'script',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'str_replace_based_edit_tool', input }],
      });
      await chat.ask('Change three lines.');
      const card = chat.frame.getByRole('region', { name: 'Change a.txt?' });
      const all = card.getByRole('checkbox', { name: 'All 3 changes' });
      await all.press('Space');
      assert.equal(await card.getByRole('button', { name: /^Allow/ }).count(), 0, 'nothing is taken');
      await card.getByRole('checkbox', { name: 'Change 1 of 3, from line 1' }).press('Space');
      await card.getByRole('checkbox', { name: 'Change 3 of 3, from line 26' }).press('Space');
      assert.equal(await all.evaluate(box => (box as HTMLInputElement).indeterminate), true);
      assert.equal(await card.getByRole('button', { name: 'Allow in This Conversation' }).count(), 0);
      await card.getByRole('button', { name: 'Allow 2 of 3 Changes' }).press('Enter');
      await chat.idle();
      // What is written, and told, needs an editor: a journey shows it.
      await chat.button(/^Failed: Create a\.txt/).click();
      await chat.frame.getByText('Change 2 of 3, from line 13: left out').waitFor();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

view(
  'edits of a folder are always allowed with a click, seen in a list, and taken back there',
  async ({ workbench, endpoint }) => {
    const chat = await openToAct(workbench);
    const edit = (number: number): void =>
      endpoint.faults.next({
        kind: 'script',
        content: [
          {
            type: 'tool_use',
            id: `toolu_${number}`,
            name: 'str_replace_based_edit_tool',
            input: {
              command: 'str_replace',
              path: 'src/prices.ts',
              old_str: '(1 - discount.rate)',
              new_str: `${number});`,
            },
          },
        ],
      });
    edit(1);
    await chat.ask('Change it.');
    await cardOf(chat).getByRole('button', { name: 'Always Allow Edits of `src/**`' }).click();
    await chat.idle();
    // What is written needs an editor; here it is enough that it is tried, unasked.
    edit(2);
    await chat.ask('Again.');
    await chat.idle();
    assert.equal(await chat.button(/^Failed: Edit src\/prices\.ts/).count(), 2);
    await workbench.command('Marginalia: Rules of Tools…');
    await workbench.pick('Edits of src/**');
    await workbench.pick('Nothing is allowed without asking.');
    edit(3);
    await chat.ask('And again.');
    await cardOf(chat).getByRole('button', { name: 'Deny' }).click();
    await chat.idle();
  },
);

view('a path over a link out of the workspace is seen by nobody', async ({ workbench, workspace, endpoint }) => {
  await symlink(tmpdir(), join(workspace, 'elsewhere'));
  const chat = await workbench.openChat();
  workbench.editor.openFolder(workspace);
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Plan');
  await chat.button('Choose mode: Plan').waitFor();
  const paths = ['elsewhere', '../..', '/etc/hostname', 'src/prices.ts'];
  endpoint.faults.next({
    kind: 'script',
    content: paths.map((path, at) => ({
      type: 'tool_use',
      id: `toolu_${at}`,
      name: 'str_replace_based_edit_tool',
      input: { command: 'view', path },
    })),
  });
  await chat.ask('Look around');
  await chat.idle();
  const results = (await resultsIn(endpoint, 1)) as { content: string; is_error?: boolean }[];
  assert.deepEqual(
    results.map(({ is_error: isError = false }) => isError),
    [true, true, true, false],
  );
  for (const { content } of results.slice(0, 3)) assert.match(content, /leads out of the workspace/);
  assert.match(results[3]?.content ?? '', /applyDiscount/);
});
