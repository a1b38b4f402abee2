import type { Surroundings } from '../../../src/webview/markdown/renderBlock.ts';
import { renderMarkdown } from '../../../src/webview/markdown/renderBlock.ts';
import { FakeElement, fakeDocument } from './fakeDom.ts';

export const around: Surroundings = {
  document: fakeDocument,
  labels: {
    copy: 'Copy code',
    insert: 'Insert',
    newFile: 'New',
    terminal: 'Terminal',
    wrap: 'Wrap',
    code: 'Code',
    image: 'Image',
    done: 'Done',
    open: 'To do',
    table: 'Table',
  },
};

export function rendered(source: string): FakeElement {
  const container = new FakeElement('div');
  renderMarkdown(container, source, around);
  return container;
}
