import assert from 'node:assert/strict';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

/**
 * Streams `source` in pieces; checks after each that all blocks but the last ones are the same nodes, with the same
 * content whenever one more is there, and at the end that the whole is what a full render gives.
 */
export function checkStream(source: string, pieceCharacters: number, { blocksThatMayChange = 1 } = {}): void {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  const done: { element: FakeElement; html: string }[] = [];
  const checkContent = (): void => {
    for (const { element, html } of done) assert.equal(contentOf(element), html);
  };
  for (let at = 0; at < source.length; at += pieceCharacters) {
    markdown.append(source.slice(at, at + pieceCharacters));
    const { children } = container;
    for (const [index, { element }] of done.entries()) if (children[index] !== element) assert.fail(contentOf(element));
    if (children.length - blocksThatMayChange <= done.length) continue;
    checkContent();
    for (const element of children.slice(done.length, -blocksThatMayChange)) {
      done.push({ element, html: contentOf(element) });
    }
  }
  checkContent();
  markdown.finish();
  assert.equal(container.innerHTML, rendered(source).innerHTML);
}

/** Without the colours that code gets when it is known to be over. */
function contentOf(block: FakeElement): string {
  return block.outerHTML.replace(/<span class="code-[a-z]+">([^<]*)<\/span>/g, '$1');
}
