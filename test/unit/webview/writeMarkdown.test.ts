import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from '../../../src/webview/markdown/renderBlock.ts';
import { writeMarkdown } from '../../../src/webview/markdown/writeMarkdown.ts';
import { around } from './surroundings.ts';

function writtenAgain(source: string): string {
  const container = around.document.createElement('div');
  renderMarkdown(container, source, around);
  return writeMarkdown(container);
}

const samples = [
  'Some **bold**, *slanted* and ~~struck~~ words with `code` and ``a ` tick``.',
  '# One\n\n## Two\n\n#### Four *more*',
  'A [link](https://example.org/a) and https://example.org/',
  '- one\n- two\n  - deeper `x`\n  - and\n- three',
  '3. three\n4. four',
  '- loose\n\n- items\n\n  with more',
  '- [ ] open\n- [x] done',
  '> quoted **words**\n>\n> - and a list',
  '```ts\nlet a = "`";\n\nlet b;\n```',
  '````md\n```\ninner\n```\n````',
  '| a | b \\| c |\n| :-- | --: |\n| `1` | 2 |',
  'first\\\nsecond',
  '---',
  'Press <kbd>Ctrl</kbd>',
  'Inline $x^2$ math',
  '$$\nx^2\n$$',
  '2 \\* 3 \\* 4, \\_not\\_ snake_case, \\[no link\\], \\<b>',
  '\\# no heading',
  '1\\. no list',
  '\\- nor this',
];

for (const sample of samples) {
  test(`what is drawn is written as it was: ${JSON.stringify(sample)}`, () =>
    assert.equal(writtenAgain(sample), sample));
}
