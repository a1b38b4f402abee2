import { CodePainter } from '../../../src/webview/markdown/codePainter.ts';
import * as highlighter from '../../../src/webview/markdown/highlight/highlightCode.ts';
import { Formulas } from '../../../src/webview/markdown/math/formulas.ts';
import { renderMath } from '../../../src/webview/markdown/math/renderMath.ts';
import type { Surroundings } from '../../../src/webview/markdown/surroundings.ts';
import { renderMarkdown } from '../../../src/webview/markdown/renderBlock.ts';
import { FakeElement, fakeDocument } from '../../../harness/dom/fakeDom.ts';

/** Paints at once. */
const painter = new CodePainter({
  document: fakeDocument,
  load: () => Promise.resolve(highlighter),
  later: work => work(),
  now: () => 0,
});
const formulas = new Formulas({ document: fakeDocument, load: () => Promise.resolve({ renderMath }) });
// The first ones that are seen have what draws them loaded.
painter.paint(new FakeElement('code'), 'ts');
formulas.show(new FakeElement('span'), 'x', false);
await Promise.resolve();

export const around: Surroundings = {
  document: fakeDocument,
  labels: {
    copy: 'Copy code',
    apply: 'Apply',
    collapse: 'Collapse',
    insert: 'Insert',
    newFile: 'New',
    terminal: 'Terminal',
    wrap: 'Wrap',
    source: 'Source',
    sort: 'Sort',
    copyMarkdown: 'Copy as Markdown',
    copyCsv: 'Copy as CSV',
    codeKeys: 'Keys',
    code: 'Code',
    image: 'Image',
    done: 'Done',
    open: 'To do',
    table: 'Table',
    details: 'Details',
  },
  paint: (code, language) => painter.paint(code, language),
  showDiagram: () => undefined,
  showFormula: (element, tex, isDisplay) => formulas.show(element, tex, isDisplay),
};

export function rendered(source: string): FakeElement {
  const container = new FakeElement('div');
  renderMarkdown(container, source, around);
  return container;
}
