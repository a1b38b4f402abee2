import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations, walk } from '../support/accessibility.ts';
import { view, type ViewStage } from '../support/view.ts';

const flight = {
  name: 'find_flight',
  description: 'Finds a flight.',
  input_schema: {
    type: 'object',
    properties: {
      city: { type: 'string', description: 'Where to.' },
      days: { type: 'integer', minimum: 1 },
      class: { enum: ['economy', 'business'] },
      window: { type: 'boolean' },
      stops: { type: 'array', items: { type: 'string' } },
      seat: { type: 'object', properties: { row: { type: 'number' } } },
      more: {},
    },
    required: ['city'],
  },
  command: ['node', '-e', 'process.stdin.pipe(process.stdout)'],
};

/** Opens the form of the tool in the user's storage. */
async function tryTool({ workbench, profile }: ViewStage, tool: object = flight): Promise<Page> {
  const folder = join(profile, 'data/User/globalStorage/marginalia.marginalia/tools');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'flight.json'), JSON.stringify(tool));
  await workbench.openChat();
  workbench.editor.openFolder();
  await workbench.command('Marginalia: Try a Tool…');
  await workbench.pick('find_flight');
  return workbench.panel('.tool-trial');
}

view('a form made from the schema runs the tool without a model', async ({ stage, endpoint }) => {
  const page = await tryTool(stage);
  await page.getByText('As tools/flight.json says.').waitFor();
  await page.getByLabel('city').fill('Ulm');
  await page.getByLabel('days').fill('3');
  await page.getByLabel('class').selectOption('business');
  await page.getByLabel('window').selectOption('false');
  await page.getByLabel('stops').fill('Rom\nWien');
  await page.getByRole('group', { name: 'seat' }).getByLabel('row').fill('12');
  await page.getByLabel('more').fill('{"a": [1]}');
  await page.getByLabel('city').press('Enter');
  const result = page.getByRole('group', { name: 'Result of the tool' });
  await page.getByText(/^Done after/).waitFor();
  assert.deepEqual(JSON.parse(await result.innerText()), {
    city: 'Ulm',
    days: 3,
    class: 'business',
    window: false,
    stops: ['Rom', 'Wien'],
    seat: { row: 12 },
    more: { a: [1] },
  });
  assert.equal(endpoint.requests.length, 0);
});

view('what does not fit is told as it is typed, and does not run', async ({ stage }) => {
  const page = await tryTool(stage);
  const days = page.getByLabel('days');
  await days.fill('0');
  await page.locator('.field', { has: days }).getByText('must be at least 1.').waitFor();
  assert.equal(await days.getAttribute('aria-invalid'), 'true');
  await days.fill('x');
  await page.locator('.field', { has: days }).getByText('can’t be read yet.').waitFor();
  await days.fill('2');
  await eventually(async () => assert.equal(await days.getAttribute('aria-invalid'), 'false'));
  assert.equal(await page.getByText('is missing.').count(), 0, 'what is not typed yet is not blamed');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .locator('.field', { has: page.getByLabel('city') })
    .getByText('is missing.')
    .waitFor();
  assert.equal(await page.getByRole('group', { name: 'Result of the tool' }).count(), 0);
});

view('Stop ends what runs, and a failure is told', async ({ stage }) => {
  const script = 'console.log(1); process.argv[1] === "wait" ? setInterval(() => {}, 1e3) : process.exit(3)';
  const waits = { ...flight, command: ['node', '-e', script, 'wait'] };
  const page = await tryTool(stage, waits);
  await page.getByLabel('city').fill('Ulm');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('group', { name: 'Result of the tool' }).getByText('1').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText(/^Failed after/).waitFor();
  await page.getByText('Stopped.').waitFor();
  await tryTool(stage, { ...flight, command: ['node', '-e', script] });
  await page.getByLabel('city').fill('Ulm');
  await page.getByLabel('city').press('Enter');
  await page.getByText('The command ended with exit code 3.').waitFor();
});

view('a file that has changed since it was shown is shown anew before it runs', async ({ stage, profile }) => {
  const page = await tryTool(stage);
  await page.getByLabel('city').fill('Ulm');
  await page.getByLabel('city').press('Enter');
  const result = page.getByRole('group', { name: 'Result of the tool' });
  await result.getByText('{"city":"Ulm"}').waitFor();
  const file = join(profile, 'data/User/globalStorage/marginalia.marginalia/tools/flight.json');
  // All at once: half a file is none.
  await writeFile(`${file}.new`, JSON.stringify({ ...flight, command: ['node', '-p', '"another"'] }));
  await rename(`${file}.new`, file);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  await page.getByText('another').waitFor();
  assert.equal(await result.innerText(), '{"city":"Ulm"}');
  await run.click();
  await result.getByText('another').waitFor();
  await rm(file);
  await run.click();
  await page.getByText('The tool’s file is gone').waitFor();
  await writeFile(file, JSON.stringify(flight));
  await page.getByRole('button', { name: 'Look Again' }).click();
  await page.getByLabel('city').waitFor();
});

view('a recorded result answers the model, and nothing runs or asks', async ({ stage, workbench, endpoint }) => {
  const page = await tryTool(stage, {
    ...flight,
    input_schema: { type: 'object', properties: { city: { type: 'string' } } },
    command: ['node', '-p', '"run at " + process.hrtime.bigint()'],
  });
  await page.getByLabel('city').fill('Ulm');
  await page.getByLabel('city').press('Enter');
  const result = page.getByRole('group', { name: 'Result of the tool' });
  await result.getByText(/^run at \d+/).waitFor();
  const recorded = (await result.innerText()).trim();
  await page.getByRole('button', { name: 'Use as Recorded Result' }).click();
  await page.getByText('The result of one input is recorded.').waitFor();
  await page.getByLabel('Answer the model with recorded results, and run nothing').check();

  const chat = await workbench.openChat();
  await chat.button('Choose mode: Chat').click();
  await workbench.pick('Act');
  const call = (city: string) =>
    ({ type: 'tool_use', id: `toolu_${city}`, name: 'find_flight', input: { city } }) as const;
  endpoint.faults.next({ kind: 'script', content: [call('Ulm'), call('Rom')] });
  await chat.ask('Find one');
  await chat.idle();
  const { messages } = (await endpoint.arrival(1)).body as { messages: { content: { content: string }[] }[] };
  const contents = messages.at(-1)?.content.map(({ content }) => content.trim());
  await workbench.command('Marginalia: Tools');
  await workbench.list('answers with recorded results');
  assert.deepEqual(contents, [recorded, 'Error: No result is recorded for this input.']);
});

view(
  'the form has no accessibility violation in any theme, narrow or wide, and Tab reaches all',
  async ({ stage, changeSettings }) => {
    const page = await tryTool(stage);
    await page.getByLabel('days').fill('0');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('must be at least 1.').first().waitFor();
    for (const [index, theme] of Object.values(themes).entries()) {
      await changeSettings({ 'workbench.colorTheme': theme });
      await page.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
      assert.deepEqual(await violations(page.mainFrame(), 'editor', index === 0 ? 'all' : 'colours'), [], theme);
    }
    const { missed, outOfOrder, unseen } = await walk(page, page.mainFrame());
    assert.deepEqual({ missed, outOfOrder, unseen }, { missed: [], outOfOrder: [], unseen: [] });
    await page.setViewportSize({ width: 240, height: 700 });
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing is cut at 240 px');
  },
);
