import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { currentMatch, find } from '../support/finding.ts';
import { view, type ViewStage } from '../support/view.ts';

const flow = 'flowchart LR\n  A[Start] --> B{Ready?}\n  B -- yes --> C[Go]';

/** Has the endpoint answer with `source` as a diagram. */
async function askFor({ workbench, endpoint }: ViewStage, ...sources: string[]): Promise<Chat> {
  const chat = await workbench.openChat();
  const text = `So:\n\n${sources.map(source => `\`\`\`mermaid\n${source}\n\`\`\``).join('\n\n')}\n\nThat is it.`;
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
  await chat.ask('Draw it');
  await chat.idle();
  return chat;
}

/** The texts of what is drawn, as they stand in it. */
async function drawnTexts(chat: Chat): Promise<string[]> {
  const texts = chat.answers.locator('.diagram svg text');
  await texts.first().waitFor({ state: 'attached' });
  return (await texts.allTextContents()).map(text => text.trim()).filter(text => text !== '');
}

/** The colour that `text` is drawn in. */
async function colourOf(chat: Chat, text: string): Promise<string> {
  return chat.frame.evaluate(`(() => {
    const { shadowRoot } = document.querySelector('[role=log] .diagram');
    const parts = [...shadowRoot.querySelectorAll('text, tspan')];
    return getComputedStyle(parts.filter(part => part.textContent.trim() === ${JSON.stringify(text)}).at(-1)).fill;
  })()`);
}

view('a diagram is drawn; its source is a click away, found, and what is copied', async ({ stage, workbench }) => {
  const chat = await askFor(stage, flow);
  assert.deepEqual((await drawnTexts(chat)).toSorted(), ['Go', 'Ready?', 'Start', 'yes']);
  const code = chat.answers.locator('.code-block pre');
  assert.equal(await code.isVisible(), false);
  const picture = chat.answers.getByRole('img', { name: 'Diagram: flowchart' });
  await picture.press('ArrowUp');
  await chat.frame.evaluate(
    `document.getSelection().selectAllChildren(document.querySelector('[role=log] .markdown'))`,
  );
  await chat.answers.locator('.markdown p').first().press('Control+C');
  await eventually(async () => {
    const copied: unknown = await workbench.page.evaluate('navigator.clipboard.readText()');
    assert.match(
      String(copied).replaceAll('\r', ''),
      /^So:\s+mermaid\s+flowchart LR\n {2}A\[Start\] --> B[^]*That is it\.$/,
    );
  });
  await chat.answers.getByRole('button', { name: 'Show Source' }).click();
  await code.waitFor();
  assert.equal(await picture.isVisible(), false);
  await chat.answers.getByRole('button', { name: 'Show Source' }).click();
  await picture.waitFor();
  await find(chat, '{Ready?}');
  await eventually(async () => assert.equal(await currentMatch(chat), '2: {Ready?}'));
  assert.equal(await code.isVisible(), true, 'a match in the source shows it');
});

view('the arrow keys lead from a diagram to its buttons and back', async ({ stage, workbench }) => {
  const chat = await askFor(stage, flow);
  const picture = chat.answers.getByRole('img', { name: 'Diagram: flowchart' });
  await picture.focus();
  const focused = (): Promise<unknown> =>
    chat.frame.evaluate(`document.activeElement.title || document.activeElement.className`);
  await workbench.page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'Collapse');
  await workbench.page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'Show Source');
  await workbench.page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'diagram');
});

view('every kind of diagram that answers are made of is drawn', async ({ stage }) => {
  const chat = await askFor(
    stage,
    'sequenceDiagram\n  participant H as Host\n  U->>H: ask',
    'classDiagram\n  Animal <|-- Duck',
    'stateDiagram-v2\n  [*] --> Idle',
    'erDiagram\n  CUSTOMER ||--o{ ORDER : places',
    'gantt\n  dateFormat YYYY-MM-DD\n  section Plan\n  First :a1, 2026-01-01, 10d',
    'pie title Pets\n  "Dogs" : 386\n  "Cats" : 85',
    'mindmap\n  root((会話))\n    一覧',
    'gitGraph\n  commit id: "one"\n  branch dev\n  commit id: "two"',
    'timeline\n  2002 : LinkedIn',
    'journey\n  section Go\n    Make tea: 5: Me',
  );
  const words = ['Host', 'Duck', 'Idle', 'ORDER', 'First', 'Dogs', '一覧', 'two', 'LinkedIn', 'Make tea'];
  for (const [index, word] of words.entries()) {
    const block = chat.answers.locator('.code-block').nth(index);
    await block.scrollIntoViewIfNeeded();
    await block.locator('.diagram svg').getByText(word, { exact: true }).first().waitFor({ state: 'attached' });
  }
});

view('one that is wrong stays code and says where; the next one is drawn all the same', async ({ stage }) => {
  const chat = await askFor(stage, 'flowchart TD\n  A -->', flow);
  const [wrong, right] = [chat.answers.locator('.code-block').nth(0), chat.answers.locator('.code-block').nth(1)];
  await wrong.getByText('This diagram can’t be drawn: Parse error on line').waitFor();
  assert.equal(await wrong.locator('pre').isVisible(), true);
  assert.equal(await wrong.getByRole('button', { name: 'Show Source' }).isVisible(), false);
  await right.locator('.diagram svg').waitFor();
});

view('a long diagram is drawn when it is asked for, one beyond all bounds never', async ({ stage }) => {
  const lines = (count: number): string =>
    ['sequenceDiagram', ...Array.from({ length: count }, (_, index) => `  A->>B: message ${index}`)].join('\n');
  const chat = await askFor(stage, lines(100), lines(1_500));
  const [long, tooLong] = [chat.answers.locator('.code-block').nth(0), chat.answers.locator('.code-block').nth(1)];
  await tooLong.getByText('This diagram is too large to be drawn.').waitFor();
  await long.getByRole('button', { name: 'Draw It' }).click();
  await long.locator('.diagram svg').getByText('message 99').waitFor({ state: 'attached' });
});

view('another theme draws what is shown in its colours', async ({ stage, changeSettings }) => {
  await changeSettings({ 'workbench.colorTheme': 'Dark Modern' });
  const chat = await askFor(stage, flow);
  await drawnTexts(chat);
  const colour = (): Promise<string> => colourOf(chat, 'Start');
  const before = await colour();
  await changeSettings({ 'workbench.colorTheme': 'Light Modern' });
  await eventually(async () => assert.notEqual(await colour(), before));
});

view('a node that was given a light colour is read in a dark theme', async ({ stage, changeSettings }) => {
  await changeSettings({ 'workbench.colorTheme': 'Dark Modern' });
  const chat = await askFor(stage, `${flow}\n  style A fill:#fdd\n  classDef good fill:#dfd\n  class C good`);
  await drawnTexts(chat);
  for (const name of ['Start', 'Go']) {
    assert.equal(await colourOf(chat, name), 'rgb(0, 0, 0)', name);
  }
});

view('nothing that a diagram says is markup, an address or a style of the page', async ({ stage, workbench }) => {
  const asked: string[] = [];
  await workbench.openChat();
  // What the page's policy holds back does not come this far.
  await workbench.page.route(/example\.com/, route => {
    asked.push(route.request().url());
    return route.abort();
  });
  const outside = 'https://example.com/pixel.png';
  const attacks = [
    `flowchart LR\n  A["<img src='${outside}' onerror='document.title=1'>"] --> B["<b>bold</b>"]`,
    `%%{init: {"htmlLabels": true, "flowchart": {"htmlLabels": true}, "securityLevel": "loose"}}%%\n${flow}`,
    `%%{init: {"themeCSS": "* { background: url(${outside}) } body { display: none }"}}%%\n${flow}`,
    `---\nconfig:\n  securityLevel: loose\n  theme: dark\n---\n${flow}`,
    `${flow}\n  click A "javascript:document.title=1"\n  click B call alert()`,
    `${flow}\n  click A href "${outside}" _blank`,
    `${flow}\n  style A fill:url(${outside}),position:fixed`,
    `${flow}\n  classDef evil fill:red;} body{display:none} :host{position:fixed;inset:0}\n  class A evil`,
    `sequenceDiagram\n  A->>B: <script>document.title=1</script>\n  link A: Board @ ${outside}`,
    `flowchart LR\n  A@{ img: "${outside}", label: "Picture" }`,
    `pie title <svg onload=document.title=1>\n  "<a href=${outside}>x</a>" : 3`,
  ];
  const chat = await askFor(stage, ...attacks, flow);
  for (const [index] of attacks.entries()) {
    const block = chat.answers.locator('.code-block').nth(index);
    await block.scrollIntoViewIfNeeded();
    await block.locator('.diagram').waitFor();
  }
  await chat.answers.locator('.code-block').last().getByText('Ready?', { exact: true }).first().waitFor();
  const found = await chat.frame.evaluate(`(() => {
    const parts = [...document.querySelectorAll('.diagram')].flatMap(host => [...host.shadowRoot.querySelectorAll('*')]);
    const bad = parts.filter(part =>
      part.matches('a, script, style, foreignObject, image, img, iframe, animate, set, [href^="http"], [href^="java"]') ||
      part.getAttributeNames().some(name => name.startsWith('on')));
    const css = [...document.querySelectorAll('.diagram')].flatMap(host => host.shadowRoot.adoptedStyleSheets)
      .flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText);
    return [...bad.map(part => part.outerHTML), ...css.filter(rule => /example\\.com|:host|position: fixed/.test(rule))];
  })()`);
  assert.deepEqual(found, []);
  assert.notEqual(await workbench.page.title(), '1');
  assert.deepEqual(asked, []);
  assert.equal(await chat.frame.evaluate(`getComputedStyle(document.body).display`), 'block');
});
