import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { checkStream } from './checkStream.ts';

/** The examples of the CommonMark specification; of GFM’s extensions `streamingMarkdown.test.ts` has its own. */
const specification = readFileSync(createRequire(import.meta.url).resolve('commonmark-spec/spec.txt'), 'utf8');
const examples = Array.from(specification.matchAll(/^`{32} example\n([^]*?)^\.\n[^]*?^`{32}$/gm), ([, source = '']) =>
  source.replaceAll('→', '\t'),
);

// The last block can say what the one before it was: a definition, or a line that continues a list.
const oddities = { blocksThatMayChange: 2 };

test('every example of CommonMark streams into what a full render of it is', () => {
  assert.ok(examples.length > 600);
  for (const source of examples) checkStream(source, 1, oddities);
});

test('so do all of them as one answer', () => {
  checkStream(examples.join('\n\n'), 23, oddities);
});
