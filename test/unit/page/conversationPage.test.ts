import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { CarriedConversation } from '../../../src/core/carry/carried.ts';
import { withoutKeys } from '../../../src/core/carry/withoutKeys.ts';
import { conversationPage } from '../../../src/page/conversationPage.ts';
import { htmlOf, stringDocument } from '../../../src/page/stringDom.ts';
import { answer, conversationOf, nastyTexts, question, RandomConversations } from '../../support/carried.ts';
import { handedBack, ran } from '../../support/turns.ts';

const options = {
  t: (text: string, ...values: (string | number)[]): string =>
    text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)])),
  language: 'en',
};

async function mainOf(conversation: CarriedConversation): Promise<string> {
  const page = await conversationPage(conversation, options);
  return /<main>([^]*)<\/main>/.exec(page)?.[1] ?? '';
}

/** Every tag of `html`, by a scanner that is stricter than a browser: a `<` that begins no tag fails. */
function tagsOf(html: string): { name: string; attributes: Record<string, string> }[] {
  const pieces = html.split('<').slice(1);
  return pieces.map(piece => {
    const [, name = '', rest = ''] =
      /^\/?([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>[^<>]*$/.exec(piece) ?? assert.fail(`<${piece.slice(0, 80)}`);
    const attributes = [...rest.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value]);
    return { name, attributes: Object.fromEntries(attributes) as Record<string, string> };
  });
}

const elements = new Set(
  'article a blockquote br code del details div em figcaption figure h2 h3 h4 h5 h6 hr img input li ol p pre section span strong summary table tbody td th thead tr ul'.split(
    ' ',
  ),
);
const attributes = new Set(
  'alt aria-hidden aria-label checked class data-language dir disabled href rel role scope src start tabindex title type'.split(
    ' ',
  ),
);

function assertHarmless(html: string): void {
  for (const tag of tagsOf(html)) {
    assert.ok(elements.has(tag.name), tag.name);
    for (const name of Object.keys(tag.attributes)) assert.ok(attributes.has(name), name);
    const { href, src } = tag.attributes;
    if (href !== undefined) {
      assert.match(href, /^(https?:|mailto:)/);
      assert.equal(tag.attributes['rel'], 'noopener noreferrer');
    }
    if (src !== undefined) assert.match(src, /^data:image\/(png|jpeg|gif|webp);base64,/);
  }
}

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<style>*{display:none}</style><base href="//evil">',
  '</style></title></main><script>alert(1)</script>',
  '[x](javascript:alert(1)) [y](JaVaScRiPt&colon;alert(1)) [z](data:text/html,x) [v](vbscript:x)',
  '![i](https://evil.test/p.png) ![j](data:image/svg+xml,<svg/onload=alert(1)>)',
  '<a href="javascript:alert(1)">x</a>',
  '[a]("onmouseover=alert(1)") [b](<https://x/"onclick="y>)',
  '```"><script>alert(1)</script>\ncode </code></pre><script>\n```',
  '| <script> | `</td>` |\n|-|-|\n| <img> | "\' |',
  '&lt;script&gt; &#60;script&#62; &amp;lt;',
  '<!-- --><svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>',
  '- [ ] <input autofocus onfocus=alert(1)>\n- [x] done',
  '\u0000<scr\u0000ipt>',
  '<https://ok.test/?a=1&b="2">',
];

describe('Nothing of a conversation becomes markup:', () => {
  for (const text of [...hostile, ...nastyTexts]) {
    test(JSON.stringify(text.slice(0, 60)), async () => {
      const placed = { path: text, uri: text, code: text, startLine: 1, endLine: 2, languageId: text };
      const source = { type: 'base64', mediaType: 'image/png" onerror="x', data: text } as const;
      const finding = {
        id: text,
        severity: 'error' as const,
        title: text,
        explanation: text,
        quote: text,
        replacement: text,
        path: text,
        uri: text,
        placement: { placed: false as const, reason: 'noFile' as const },
      };
      const conversation = conversationOf(
        question('1', text, {
          excerpts: [placed],
          attachments: [
            { id: text, kind: 'image', name: text, source },
            { id: text, kind: 'image', name: text, source: { type: 'url', url: text } },
          ],
          toolResults: [{ toolUseId: text, text, isError: true }],
        }),
        answer('2', '', {
          model: text,
          content: [
            { type: 'text', text },
            { type: 'thinking', thinking: text, signature: text },
            { type: 'tool_use', id: text, name: text, inputJson: text },
          ],
          findings: [finding],
          state: { phase: 'failed', problem: { kind: 'noKey', detail: text } },
        }),
      );
      assertHarmless(await mainOf(conversation));
      const page = await conversationPage({ ...conversation, title: text }, options);
      assert.equal(page.match(/<script/gi), null);
      assert.equal(page.match(/<style/gi)?.length, 1);
      assert.equal(page.match(/<\/title/gi)?.length, 1);
    });
  }

  test('300 conversations of every shape', async () => {
    const conversations = new RandomConversations(5);
    for (let count = 0; count < 300; count++) assertHarmless(await mainOf(conversations.next()));
  });

  test('an attribute that runs something, and an element that a page has no use for, are not written', () => {
    const link = stringDocument.createElement('a');
    link.setAttribute('href', 'javascript:alert(1)');
    link.setAttribute('onclick', 'alert(1)');
    link.setAttribute('style', 'position:fixed');
    link.append(stringDocument.createElement('button'), '<b>');
    assert.equal(htmlOf(link), '<a rel="noopener noreferrer">&lt;b&gt;</a>');
    assert.throws(() => htmlOf(stringDocument.createElement('b onclick=x')));
  });
});

test('the page lets nothing run or load: its policy allows its own style sheet and images within it', async () => {
  const page = await conversationPage(conversationOf(question('1', 'q')), options);
  const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  assert.match(
    page,
    new RegExp(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash.replace(/[+/]/g, '\\$&')}'; img-src data:; base-uri 'none'; form-action 'none'">`,
    ),
  );
  assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<style>'));
  assert.doesNotMatch(page, /url\(|@import/);
});

test('a conversation stands in the page as it stands in the view', async () => {
  const data = 'iVBORw0KGgo=';
  const image = {
    id: 'i',
    kind: 'image',
    name: 'a.png',
    source: { type: 'base64', mediaType: 'image/png', data },
  } as const;
  const excerpt = { path: 'src/a.ts', uri: '', languageId: 'ts', startLine: 2, endLine: 3, code: 'a < b' };
  const main = await mainOf(
    conversationOf(
      question('1', 'Is it *so*?', { attachments: [image], excerpts: [excerpt] }),
      answer('2', '# Yes\n\n- **one**\n\n```ts\nlet a = 1;\n```\n\n[site](https://example.org/)'),
    ),
  );
  for (const part of [
    '<h2>You</h2><div class="said" dir="auto">Is it *so*?</div>',
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="a.png">',
    '<figcaption>src/a.ts:2–3</figcaption><pre tabindex="0" dir="ltr"><code>a &lt; b</code></pre>',
    '<h2>claude-sonnet-4-5</h2>',
    '<strong>one</strong>',
    '<code data-language="ts">let a = 1;</code>',
    '<a href="https://example.org/" title="https://example.org/" rel="noopener noreferrer">site</a>',
  ]) {
    assert.ok(main.includes(part), `${part}\n${main}`);
  }
  assert.doesNotMatch(main, /button|codicon-copy/);
});

test('other versions are counted, and a key that an endpoint has quoted is not there', async () => {
  const key = 'demo-key-0123456789';
  const problem = { kind: 'authentication' as const, detail: `bad ${key}` };
  const [first, second] = [question('1', key), answer('2', key, { state: { phase: 'failed', problem } })];
  const conversation = withoutKeys({ ...conversationOf(first, second), headId: '1' }, [key]);
  const page = await conversationPage(conversation, options);
  assert.equal(page.includes(key), false);
  assert.match(page, /Other versions of these messages are not shown: 1/);
});

test('quotes nested deeper than the renderer goes are text from there on', async () => {
  const main = await mainOf(conversationOf(answer('1', `${'>'.repeat(20_000)} deep`)));
  assert.match(main, /<blockquote[^>]*><p[^>]*>(?:&gt;)+ deep<\/p><\/blockquote>/);
});

test('what a tool has brought stands with its call; the turn that hands it back says nothing', async () => {
  const main = await mainOf(conversationOf(question('q', 'Look'), ran, handedBack, answer('a', 'Blue.')));
  assert.equal(main.match(/<article/g)?.length, 3);
  assert.match(main, /look[^]*the sky[^]*Blue/);
});
