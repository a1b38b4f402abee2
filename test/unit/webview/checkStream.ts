import assert from 'node:assert/strict';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

/**
 * Streams `source` in pieces; checks after each that all blocks but the last ones are the same nodes with the same
 * content, and at the end that the whole is what a full render gives.
 */
export function checkStream(source: string, pieceCharacters: number, { blocksThatMayChange = 1 } = {}): void {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  let before: { element: FakeElement; html: string }[] = [];
  for (let at = 0; at < source.length; at += pieceCharacters) {
    markdown.append(source.slice(at, at + pieceCharacters));
    const now = container.children.map(element => ({ element, html: withoutColours(element.outerHTML) }));
    for (const [index, { element, html }] of before.slice(0, -blocksThatMayChange).entries()) {
      assert.equal(now[index]?.element, element);
      assert.equal(now[index].html, html);
    }
    before = now;
  }
  markdown.finish();
  assert.equal(container.innerHTML, rendered(source).innerHTML);
}

/** Code gets its colours when it is known to be over. */
function withoutColours(html: string): string {
  return html.replace(/<span class="code-[a-z]+">([^<]*)<\/span>/g, '$1');
}
