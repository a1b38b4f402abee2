import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../harness/editor/project.ts';
import { view } from '../support/view.ts';

/** What builds a drawing, given to a page by itself: the library takes much of this out before it. */
async function builder(page: Page): Promise<(inside: string) => Promise<{ svg: string; rules: string[] } | null>> {
  const { outputFiles } = await build({
    entryPoints: [join(projectRoot, 'src/webview/markdown/diagrams/safeSvg.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'built',
  });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  const look = { background: '#1e1e1e', text: '#cccccc' };
  return inside =>
    page.evaluate(`(() => {
      const drawn = built.safeDiagram(${JSON.stringify(inside)}, ${JSON.stringify(look)});
      if (!drawn) return null;
      const host = document.createElement('div');
      const shadow = host.attachShadow({ mode: 'open' });
      shadow.adoptedStyleSheets = [drawn.styles];
      shadow.append(drawn.svg);
      document.body.append(host);
      return { svg: drawn.svg.outerHTML, rules: [...drawn.styles.cssRules].map(rule => rule.cssText) };
    })()`);
}

const outside = 'http://127.0.0.1:9/pixel.png';
const drawing = (inside: string): string => `<svg viewBox="0 0 10 10">${inside}</svg>`;

view('of a drawing only what cannot run, load or lead anywhere is built', async ({ context }) => {
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  const built = await builder(page);
  const hostile = [
    '<script>document.title = "run"</script>',
    '<rect onclick="document.title=1" onload="document.title=1" width="1"/>',
    '<foreignObject><iframe src="https://example.com"></iframe></foreignObject>',
    `<image href="${outside}" width="9" height="9"/>`,
    `<use href="${outside}#a"/><use xlink:href="data:image/svg+xml,x#a"/>`,
    `<rect fill="url(${outside})" filter="url('${outside}')" mask="url(${outside}#m)" width="5" height="5"/>`,
    `<rect style="fill: url(${outside}); background: image-set('${outside}' 1x); width: 5px" height="5"/>`,
    `<rect style="fill: u\\72l(${outside})" width="5" height="5"/>`,
    '<set attributeName="href" to="javascript:1"/><animate attributeName="x" values="0;9"/>',
    '<a href="javascript:document.title=1"><text>press</text></a>',
    '<a xlink:href="https://example.com"><text>press</text></a>',
  ];
  for (const part of hostile) {
    const drawn = await built(drawing(`${part}<text x="1">kept</text>`));
    assert.match(drawn?.svg ?? '', />kept</, part);
    const bad =
      /script|on\w+=|foreignobject|iframe|<image|<set|<animate|<a[\s>]|127\.0\.0\.1|example\.com|javascript|data:/i;
    assert.doesNotMatch(drawn?.svg ?? '', bad, part);
  }
  const parts = await built(
    drawing('<rect id="a" width="3"/><use href="#a"/><rect fill="url(#g)" style="stroke: red"/>'),
  );
  assert.match(parts?.svg ?? '', /href="#a".*fill="url\(#g\)" style="stroke: red;"/);
  assert.deepEqual(asked, []);
  assert.equal(await page.title(), '');
  await page.close();
});

view('of its style sheet only rules for its own elements are taken', async ({ context }) => {
  const page = await context.newPage();
  const built = await builder(page);
  const styles = [
    '#d .node { fill: red; }',
    `.a { fill: url(${outside}); }`,
    `@import url(${outside});`,
    `@font-face { font-family: x; src: url(${outside}); }`,
    '@keyframes move { to { opacity: 0; } }',
    ':host { position: fixed; inset: 0; }',
    ':host-context(body) .a { fill: blue; }',
    '.b { marker-end: url(#arrow); }',
  ];
  const drawn = await built(drawing(`<style>${styles.join('\n')}</style><rect class="node"/>`));
  assert.deepEqual(drawn?.rules, ['#d .node { fill: red; }', '.b { marker-end: url("#arrow"); }']);
  await page.close();
});

view('what is no drawing, or a boundless one, is none', async ({ context }) => {
  const page = await context.newPage();
  const built = await builder(page);
  for (const markup of [
    '',
    '<p>no</p>',
    '<svg></svg>',
    '<svg viewBox="0 0 0 9"></svg>',
    '<svg viewBox="a b c d"></svg>',
  ]) {
    assert.equal(await built(markup), null, markup);
  }
  assert.equal(await built(drawing('<g/>'.repeat(20_001))), null);
  await page.close();
});
