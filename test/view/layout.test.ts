import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { view } from '../support/view.ts';

const sentence = 'Enables stripping of types in TypeScript files before they are run by the server';
const text = `> A quote.
>
> > One in it.

- [ ] open
- [x] done

| Flag | Default | Description | Since | Another column with words | Platform |
|---|---|---|---|---|---|
| \`--experimental-strip-types\` | false | ${sentence} | 22.6 | some more words that need some room | linux, mac |

Narrow:

| a | b |
|---|---|
| 1 | 2 |
`;

view.use({ settings: { 'workbench.colorTheme': 'Dark Modern' } });

view('quotes, tasks and tables take the room that they need', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await chat.ask('Show me everything');
  await chat.idle();
  const measured = (expression: string): Promise<number> => chat.frame.evaluate<number>(expression);
  const left = `(selector) => document.querySelector(selector).getBoundingClientRect().left`;
  assert.ok(
    (await measured(`(${left})('blockquote blockquote') - (${left})('blockquote')`)) < 20,
    'a quote in a quote',
  );

  const colour = `getComputedStyle(document.querySelector('.task input')).backgroundColor`;
  const theme = await chat.frame.evaluate<string>(`{
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.background = 'var(--vscode-checkbox-background)';
    getComputedStyle(probe).backgroundColor;
  }`);
  assert.equal(await chat.frame.evaluate(colour), theme, 'the box has the colour of the theme');

  const rows = await chat.frame.evaluate<number[]>(`[...document.querySelectorAll('tr')].map(row => row.offsetHeight)`);
  assert.ok(Math.max(...rows) < 90, `rows are low: ${rows.join()}`);
  const fade = (side: string): Promise<string> =>
    chat.frame.evaluate<string>(
      `getComputedStyle(document.querySelector('.table-wrapper')).getPropertyValue('--fade-${side}')`,
    );
  await eventually(async () => assert.deepEqual([await fade('start'), await fade('end')], ['0px', '24px']));
  await chat.frame.evaluate(`document.querySelector('.table-wrapper').scrollLeft = 9999`);
  await eventually(async () => assert.deepEqual([await fade('start'), await fade('end')], ['24px', '0px']));
  assert.deepEqual(
    await chat.frame.evaluate(`{
      const small = document.querySelectorAll('.table-wrapper')[1];
      [small.scrollWidth <= small.clientWidth, getComputedStyle(small).getPropertyValue('--fade-end')];
    }`),
    [true, '0px'],
    'nothing fades where nothing scrolls',
  );
});

view('the model is named where it changes, figures are seen on hover, and a stop moves nothing', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  await chat.ask('What is oolong?');
  await chat.idle();
  endpoint.faults.next({ kind: 'hold', afterPieces: 20 });
  await chat.ask('Write 20 long paragraphs about tea');
  await chat.answers.last().getByText('You wrote: “Write').waitFor();
  assert.equal(await chat.answers.last().getByText('Waiting for the answer').count(), 0, 'beside words');
  for (const waiting of ['And cocoa?', 'And mate?']) {
    await chat.box.fill(waiting);
    await chat.box.press('Enter');
    await chat.frame.getByRole('listitem').filter({ hasText: waiting }).waitFor();
  }
  assert.equal(await chat.frame.getByText('2 waiting').count(), 0, 'they go out by themselves');
  await chat.stopButton.click();
  await chat.frame.getByText('2 waiting').waitFor();
  endpoint.faults.release();

  assert.equal(await chat.answers.locator('.answer-model').count(), 1);
  const places = await chat.frame.evaluate<number[]>(
    `[...document.querySelectorAll('article.answer .portion')].map(answer => answer.getBoundingClientRect().left)`,
  );
  assert.equal(new Set(places).size, 1, 'what was stopped stands where the others stand');
  assert.equal(await opacity(chat), '0');
  await chat.answers.first().hover();
  await eventually(async () => assert.equal(await opacity(chat), '1'));

  await chat.button('Send All').click();
  await chat.questions.last().filter({ hasText: 'And mate?' }).waitFor();
  await chat.idle();
  await endpoint.arrival(3);
});

view('parameters stand below what is said, or beside it, and never over it', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'hold', afterPieces: 20 });
  await chat.ask('Write 20 long paragraphs about tea');
  await chat.answers.last().getByText('You wrote: “Write').waitFor();
  await workbench.command('Marginalia: Show Parameters');
  const parameters = chat.frame.getByRole('region', { name: 'Parameters', exact: true });
  await parameters.waitFor();
  const [above, below] = [await chat.log.locator('..').boundingBox(), await parameters.boundingBox()];
  assert.ok(above && below && above.height > 90 && above.y + above.height <= below.y + 1);
  await chat.answers.last().getByText('You wrote: “Write').waitFor();
  assert.deepEqual(await parameters.getByRole('heading', { level: 3 }).allInnerTexts(), [
    'Common',
    'Sampling',
    'Tools',
    'Advanced',
    'The Next Request',
  ]);
  await chat.page.keyboard.press('Escape');
  await parameters.waitFor({ state: 'hidden' });
  await chat.stopButton.click();
  endpoint.faults.release();
});

view('in a narrow view the state of a finding is one word', async ({ workbench }) => {
  const chat = await workbench.openChat();
  workbench.openFile('src/customers.ts');
  await workbench.command('Marginalia: Review File');
  const finding = chat.answers.last().locator('.finding').first();
  await finding.getByRole('button', { name: 'Dismiss Finding' }).click();
  await finding.getByText('Dismissed').waitFor();
  await chat.frame.evaluate(`{
    document.querySelector('.turns').style.width = '216px';
    // A path as long as many are.
    document.querySelector('.finding .location bdi').append('/of/a/folder/somewhere');
  }`);
  const { height } = (await finding.getByText('Dismissed').boundingBox()) ?? { height: 0 };
  const oneLine = Number.parseFloat(await chat.frame.evaluate(`getComputedStyle(document.body).lineHeight`));
  assert.ok(height > 0 && height < 1.5 * oneLine, `${height} of ${oneLine}`);
});

function opacity(chat: Chat): Promise<string> {
  return chat.frame.evaluate<string>(`getComputedStyle(document.querySelector('.turn-figures')).opacity`);
}

view('in a narrow view the composer keeps its height when the size of the request comes', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.page.setViewportSize({ width: 380, height: 720 });
  const size = chat.frame.locator('.composer-size');
  await size.locator('.size-button').waitFor();
  const height = async () => (await chat.frame.locator('.composer-footer').boundingBox())?.height;
  const filled = await height();
  // As it is before the first figures.
  await size.evaluate(element => element.replaceChildren());
  assert.equal(await height(), filled);
});

view('in every width the composer shows its model, and what the next request takes', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const parts = ['.size-meter', '.size-amounts > span:nth-of-type(2)', '.size-share', '.size-amounts > :last-child'];
  for (const width of [240, 280, 380, 460, 700]) {
    await chat.page.setViewportSize({ width, height: 720 });
    for (const part of parts) {
      const box = await chat.frame.locator(`.size-button ${part}`).boundingBox();
      assert.ok(box && box.width > 0 && box.x >= 0 && box.x + box.width <= width, `${part} at ${width}`);
    }
    const model = await chat.frame.evaluate<{ text: string; isCut: boolean }>(`(() => {
      const name = document.querySelector('.chosen-model > span');
      return { text: name.innerText, isCut: name.scrollWidth > name.clientWidth };
    })()`);
    assert.deepEqual(model, { text: width <= 300 ? 'sonnet-4-5' : 'claude-sonnet-4-5', isCut: false }, String(width));
  }
});
