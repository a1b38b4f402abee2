import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { DemoEndpoint } from '../../harness/endpoint/server.ts';
import { view } from '../support/view.ts';

const texts = ['Read the test', 'Mend the rate', 'Run the tests'];

/** The next answer brings the list with so many steps done, the next of them under way. */
function list(endpoint: DemoEndpoint, done: number): void {
  const steps = texts.map((text, at) => ({ text, state: at < done ? 'done' : at === done ? 'doing' : 'open' }));
  const call = { type: 'tool_use', id: `toolu_${done}`, name: 'todo', input: { steps } } as const;
  endpoint.faults.next({ kind: 'script', content: [call] });
}

view(
  'the steps of a task stand above the message, where they can be folded and hidden',
  async ({ workbench, endpoint }) => {
    const chat = await workbench.openChat();
    workbench.editor.openFolder();
    await chat.button('Choose mode: Chat').click();
    await workbench.pick('Plan');
    await chat.button('Choose mode: Plan').waitFor();
    const steps = chat.frame.getByRole('region', { name: 'Steps of this task' });
    const ask = async (done: number, shown = chat): Promise<void> => {
      const before = await shown.answers.count();
      list(endpoint, done);
      await shown.ask(`Go on from ${done}`);
      await eventually(async () => assert.ok((await shown.answers.count()) > before));
      await shown.idle();
    };
    await ask(0);
    await steps.getByText('0 of 3 steps done').waitFor();
    assert.deepEqual(await steps.getByRole('listitem').allInnerTexts(), [
      'Doing:\nRead the test',
      'To do:\nMend the rate',
      'To do:\nRun the tests',
    ]);
    await steps.getByRole('button', { name: '0 of 3 steps done' }).click();
    await eventually(async () => assert.equal(await steps.getByRole('listitem').count(), 0));
    await ask(1);
    await steps.getByRole('button', { name: '1 of 3 steps done Mend the rate' }).waitFor();
    await eventually(async () =>
      assert.match(
        await chat.frame.locator('[aria-live="polite"]').first().innerText(),
        /1 of 3 steps done\. Now: Mend the rate/,
      ),
    );
    await workbench.reload();
    const again = await workbench.openChat();
    const kept = again.frame.getByRole('region', { name: 'Steps of this task' });
    await kept.getByRole('listitem').first().waitFor();
    await kept.getByRole('button', { name: 'Hide the Steps' }).click();
    await kept.waitFor({ state: 'detached' });
    await again.until(`document.activeElement?.id === 'composer'`);
    await workbench.reload();
    const anew = await workbench.openChat();
    await anew.answers.last().waitFor();
    const next = anew.frame.getByRole('region', { name: 'Steps of this task' });
    assert.equal(await next.count(), 0, 'what was hidden stays so');
    await ask(2, anew);
    await next.getByText('2 of 3 steps done').waitFor();
    await ask(3, anew);
    await next.waitFor({ state: 'detached' });
  },
);

view('the list of steps is switched off among the tools', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Plan');
  const names = async (at: number): Promise<string[]> => {
    const { tools } = (await endpoint.arrival(at)).body as { tools: { name: string }[] };
    return tools.map(({ name }) => name);
  };
  await chat.ask('Look');
  assert.equal((await names(0)).includes('todo'), true);
  await chat.idle();
  await workbench.command('Marginalia: Tools');
  await workbench.pick('todo');
  await chat.ask('Look again');
  assert.equal((await names(1)).includes('todo'), false);
  await chat.idle();
});
