import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from 'marked';
import { type Token, type Tokens, marked as markedInEditor } from 'marked-in-editor';
import { irregular } from '../../../harness/endpoint/random.ts';
import { commentMarkdown, suggestionDiff } from '../../../src/core/review/commentMarkdown.ts';
import { hostileFields, hostilePieces } from '../../support/hostileMarkdown.ts';

const heading = 'Suggested change:';

test('of hostile fields in pairs none begins or ends what is ours, loads, or leads elsewhere than https', () => {
  const pairs = hostileFields.flatMap(explanation => hostileFields.map(replacement => ({ explanation, replacement })));
  for (const pair of pairs) assertTame(pair);
});

test('nor does any of 2,000 findings put together from hostile pieces', () => {
  const random = irregular('comment');
  const pick = (): string => hostilePieces[Math.floor(random() * hostilePieces.length)] ?? '';
  const field = (): string => Array.from({ length: 1 + Math.floor(random() * 14) }, pick).join('');
  for (let count = 0; count < 2_000; count++) {
    assertTame({ explanation: field(), replacement: field() });
  }
});

test('the end of a long field is cut, not what makes it harmless', () => {
  for (const text of ['&', '`![x](https://evil.invalid/a)`', '![x](https://evil.invalid/a)', '```\n', 'a*']) {
    const long = text.repeat(110_000 / text.length);
    assert.ok(assertTame({ explanation: long, replacement: long }).length < 100_000);
  }
});

test('what is nested deeper than anybody reads is text: the editor would take a second for it, or end in an error', () => {
  const explanation = ['> ', '- ', '1. ', '*a **b ', '_a __b '].map(piece => piece.repeat(1_000)).join('\n\n');
  const markdown = commentMarkdown(`${explanation}\n${' '.repeat(900)}- a`, undefined, heading);
  const deepest = (tokens: Nested[]): number =>
    1 + Math.max(0, ...tokens.map(token => deepest([...(token.items ?? []), ...(token.tokens ?? [])])));
  assert.ok(deepest(marked.lexer(markdown)) < 10);
  assert.ok(deepest(markedInEditor.lexer(markdown)) < 10);
});

test('what a model usually writes reads as it was meant', () => {
  const explanation = [
    'Since `Map<string, T[]>` *may* be empty, `a | b` is **not** checked & `vec![1]!` panics (a -> b).',
    '',
    '- see [`Map`](https://developer.mozilla.org/docs/Web/Map#get) or https://example.com/a_b?c=1&d=2.',
    '- snake_case, x[0], <T>, \\*, C:\\dir, it’s 100 %!',
    '',
    '> quoted',
    '',
    '   ```ts',
    '   const a = `${b}`; // <b> ![x](y)',
    '   ```',
    'Done.',
  ].join('\n');
  assert.equal(
    marked.parse(commentMarkdown(explanation, undefined, heading)),
    `<p>Since <code>Map&lt;string, T[]&gt;</code> <em>may</em> be empty, <code>a | b</code> is <strong>not</strong> checked &amp; <code>vec![1]!</code> panics (a -&gt; b).</p>
<ul>
<li>see <a href="https://developer.mozilla.org/docs/Web/Map#get"><code>Map</code></a> or <a href="https://example.com/a_b?c=1&amp;d=2">https://example.com/a_b?c=1&amp;d=2</a>.</li>
<li>snake_case, x[0], &lt;T&gt;, *, C:\\dir, it’s 100 %!</li>
</ul>
<blockquote>
<p>quoted</p>
</blockquote>
<pre><code class="language-ts">const a = \`\${b}\`; // &lt;b&gt; ![x](y)
</code></pre>
<p>Done.</p>
`,
  );
});

test('a finding without words has no empty parts, and a suggestion is a diff', () => {
  assert.equal(commentMarkdown(' ', undefined, heading), '');
  assert.equal(
    commentMarkdown('', suggestionDiff(['  a();', '  b();'], ['  c();']), heading),
    `${heading}\n\n\`\`\`diff\n-  a();\n-  b();\n+  c();\n\`\`\``,
  );
  assert.equal(commentMarkdown('', suggestionDiff(['a'], []), heading), `${heading}\n\n\`\`\`diff\n-a\n\`\`\``);
});

interface Nested {
  type: string;
  items?: Nested[] | undefined;
  tokens?: Nested[] | undefined;
}

/** As the editor reads it, and as today's version of the same library does. Returns the Markdown. */
function assertTame(fields: { explanation: string; replacement: string }): string {
  const diff = suggestionDiff(['old'], fields.replacement.split(/\r\n|\r|\n/));
  const markdown = commentMarkdown(fields.explanation, diff, heading);
  const why = (): string => `${JSON.stringify(fields).slice(0, 2_000)}\n${markdown.slice(0, 2_000)}`;
  for (const tokens of [markedInEditor.lexer(markdown), marked.lexer(markdown) as Token[]]) {
    void markedInEditor.walkTokens(tokens, token => {
      if (['html', 'image', 'def', 'table'].includes(token.type)) assert.fail(`${token.type}: ${why()}`);
      if (token.type === 'link') assert.match((token as Tokens.Link).href, /^https:\/\//, why());
    });
    const blocks = tokens.filter(({ type }) => type !== 'space');
    const [lead, code] = blocks.slice(-2);
    assert.deepEqual([lead?.type, lead?.raw.trim()], ['paragraph', heading], why());
    assert.equal(code?.type, 'code', why());
    assert.equal((code as Tokens.Code).lang, 'diff', why());
    const shown = diff.toWellFormed();
    if (shown.length < 60_000) assert.equal(codeText((code as Tokens.Code).text), codeText(shown), why());
  }
  return markdown;
}

/** The older reader makes spaces of leading tabs, and both are lenient about empty lines at the end. */
function codeText(text: string): string {
  return text
    .replace(/^( *)(\t+)/gm, (_, spaces: string, tabs: string) => spaces + '    '.repeat(tabs.length))
    .trimEnd();
}
