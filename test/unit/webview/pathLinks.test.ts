import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderMarkdown } from '../../../src/webview/markdown/renderBlock.ts';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import { PathLinks } from '../../../src/webview/paths/pathLinks.ts';
import { PathScan } from '../../../src/webview/paths/pathScan.ts';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

describe('A path becomes a span:', () => {
  const cases: [source: string, html: string][] = [
    ['see src/a.ts:12.', 'see <span class="path" data-path="src/a.ts" data-line="12">src/a.ts:12</span>.'],
    [
      '`src/a.ts:3-5`',
      '<code dir="ltr"><span class="path" data-path="src/a.ts" data-line="3" data-end-line="5">src/a.ts:3-5</span></code>',
    ],
    [
      '**a.ts:1:2**',
      '<strong><span class="path" data-path="a.ts" data-line="1" data-column="2">a.ts:1:2</span></strong>',
    ],
    [
      '[orders](src/o.ts#L3)',
      '<span title="src/o.ts#L3" class="path" data-path="src/o.ts" data-line="3">orders</span>',
    ],
    ['[src/a.ts](https://e.x/)', '<a href="https://e.x/" title="https://e.x/">src/a.ts</a>'],
    [
      '`Basket.total()`',
      '<code dir="ltr"><span class="symbol" data-symbol="Basket.total()">Basket.total()</span></code>',
    ],
    ['`total(1)`', '<code dir="ltr">total(1)</code>'],
    ['Basket', 'Basket'],
    ['[`Basket`](https://e.x/)', '<a href="https://e.x/" title="https://e.x/"><code dir="ltr">Basket</code></a>'],
    ['[src/a.ts](command:quit)', '<span title="command:quit">src/a.ts</span>'],
    ['https://e.x/src/a.ts', '<a href="https://e.x/src/a.ts" title="https://e.x/src/a.ts">https://e.x/src/a.ts</a>'],
  ];
  for (const [source, html] of cases) {
    test(source, () => assert.equal(rendered(source).children[0]?.innerHTML, html));
  }

  test('not in a block of code', () => {
    assert.equal(spans(rendered('```\nsrc/a.ts:12\n```')).length, 0);
  });
});

function spans(element: FakeElement): FakeElement[] {
  return element.descendants.filter(child => child.getAttribute('data-path') !== null);
}

/** Links with a host that is asked when `ask` is called, which returns the questions, and answers when `answer` is. */
function setUp(attribute: 'data-path' | 'data-symbol' = 'data-path') {
  const asked: { paths: string[]; reply: PromiseWithResolvers<string[]> }[] = [];
  const clock = { now: 0, later: [] as (() => void)[] };
  const links = new PathLinks({
    attribute,
    mostAtOnce: 200,
    find: paths => {
      const reply = Promise.withResolvers<string[]>();
      asked.push({ paths, reply });
      return reply.promise;
    },
    now: () => clock.now,
    later: callback => clock.later.push(callback),
  });
  let told = 0;
  const ask = (): string[][] => {
    for (const callback of clock.later.splice(0)) callback();
    const questions = asked.slice(told);
    told = asked.length;
    return questions.map(({ paths }) => paths);
  };
  /** The last question. */
  const answer = async (found: string[] | Error): Promise<void> => {
    const reply = asked.at(-1)?.reply;
    if (found instanceof Error) reply?.reject(found);
    else reply?.resolve(found);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { links, ask, answer, clock };
}

test('it is a link once the host has found it, by attributes alone, and is asked for once', async () => {
  const { links, ask, answer } = setUp();
  const container = rendered('src/a.ts:1, `src/a.ts` and gone.ts');
  const before = container.textContent;
  const nodes = container.descendants;
  links.link(spans(container));
  assert.deepEqual(ask(), [['src/a.ts', 'gone.ts']]);
  assert.ok(spans(container).every(span => span.getAttribute('role') === null));
  await answer(['src/a.ts']);
  assert.deepEqual(
    spans(container).map(span => [
      span.getAttribute('role'),
      span.getAttribute('tabindex'),
      span.getAttribute('title'),
    ]),
    [
      ['link', '0', 'Open src/a.ts:1'],
      ['link', '0', 'Open src/a.ts'],
      [null, null, null],
    ],
  );
  assert.deepEqual(container.descendants, nodes);
  assert.equal(container.textContent, before);
});

test('a symbol is a link once the host has found it', async () => {
  const { links, ask, answer } = setUp('data-symbol');
  const container = rendered('`Basket` and `nothing` in `src/a.ts`');
  links.link(container.descendants);
  assert.deepEqual(ask(), [['Basket', 'nothing']]);
  await answer(['Basket']);
  assert.deepEqual(
    container.descendants.filter(({ className }) => className !== '').map(span => span.getAttribute('title')),
    ['Open Basket', null, null],
  );
});

test('what is known links at once; what was not there is asked for again after a while', async () => {
  const { links, ask, answer, clock } = setUp();
  links.link(spans(rendered('a.ts b.ts')));
  ask();
  await answer(['a.ts']);
  const again = rendered('a.ts b.ts');
  links.link(spans(again));
  assert.equal(spans(again)[0]?.getAttribute('role'), 'link');
  assert.deepEqual(ask(), []);
  clock.now = 6_000;
  links.link(spans(again));
  assert.deepEqual(ask(), [['b.ts']]);
});

test('what the host could not answer is asked for again where it is seen again', async () => {
  const { links, ask, answer } = setUp();
  links.link(spans(rendered('a.ts')));
  assert.deepEqual(ask(), [['a.ts']]);
  await answer(new Error('The view has begun anew.'));
  const again = rendered('a.ts');
  links.link(spans(again));
  assert.deepEqual(ask(), [['a.ts']]);
  await answer(['a.ts']);
  assert.equal(spans(again)[0]?.getAttribute('role'), 'link');
});

test('many paths are asked for in several messages', () => {
  const { links, ask } = setUp();
  const container = new FakeElement('div');
  renderMarkdown(container, Array.from({ length: 450 }, (_, index) => `f${index}.ts`).join(' '), around);
  links.link(spans(container));
  assert.deepEqual(
    ask().map(({ length }) => length),
    [200, 200, 50],
  );
});

test('while an answer grows only its finished blocks are scanned, each once', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  const scanned: string[] = [];
  const found = {
    get children() {
      return container.children.map(scannable);
    },
    querySelectorAll: () => spans(container),
  };
  const scan = new PathScan(found, elements => {
    for (const element of elements) scanned.push(element.textContent ?? '');
  });
  for (const text of ['a.ts\n\n', 'b.ts\n\n', 'c.ts\n\n', 'd.ts']) {
    markdown.append(text);
    scan.grew();
    t.mock.timers.tick(500);
  }
  assert.deepEqual(scanned, ['a.ts', 'b.ts']);
  markdown.finish();
  scan.finished();
  assert.deepEqual(scanned, ['a.ts', 'b.ts', 'a.ts', 'b.ts', 'c.ts', 'd.ts']);
  await Promise.resolve();
});

function scannable(element: FakeElement) {
  return { querySelectorAll: () => spans(element) };
}
