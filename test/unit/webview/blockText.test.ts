import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { BlockText } from '../../../src/webview/blocks/blockText.ts';
import { mostShown } from '../../../src/webview/blocks/longText.ts';
import type { Surroundings } from '../../../src/webview/markdown/surroundings.ts';
import { around, rendered } from './surroundings.ts';

/** A block whose frames and tasks are run by hand; a look at the clock takes `lookMs`. */
function openBlock({ lookMs = 0, surroundings = around }: { lookMs?: number; surroundings?: Surroundings } = {}) {
  const container = new FakeElement('div');
  let waiting: (() => void)[] = [];
  const wait = (callback: () => void): (() => void) => {
    waiting.push(callback);
    return () => (waiting = waiting.filter(other => other !== callback));
  };
  let nowMs = 0;
  let timesDrawn = 0;
  const block = new BlockText(container, surroundings, {
    nextFrame: wait,
    later: wait,
    now: () => (nowMs += lookMs),
    drawn: () => timesDrawn++,
  });
  const frame = (): void => waiting.splice(0).forEach(callback => callback());
  const frames = (): number => {
    let count = 0;
    for (; waiting.length > 0; count++) frame();
    return count;
  };
  return { block, container, frame, frames, timesDrawn: () => timesDrawn };
}

/** On this clock a slice is over at every look at it. */
const slow = { lookMs: 1_000 };

const line = `${'x'.repeat(99)}\n`;
const long = `\`\`\`\n${line.repeat((1.2 * mostShown) / line.length)}`;

function shownLength(container: FakeElement): number {
  return container.textContent.length;
}

test('of a very long text the beginning is drawn, and the rest when it is asked for', () => {
  const { block, container } = openBlock();
  block.sync(long, true);
  assert.ok(block.isLong);
  assert.ok(shownLength(container) <= mostShown && shownLength(container) > 0.9 * mostShown);
  block.sync(long, true, true);
  assert.ok(block.isLong);
  assert.ok(container.textContent.endsWith(line.trim()) && shownLength(container) > 1.19 * mostShown);
  block.sync(long, true);
  assert.ok(shownLength(container) <= mostShown);
});

test('a text that becomes very long while it arrives is drawn up to the limit, the same as at once', () => {
  const { block, container, frame } = openBlock();
  for (let at = 0; at < long.length; at += 7_000) {
    block.add(long.slice(at, at + 7_000));
    assert.equal(block.isLong, Math.min(at + 7_000, long.length) > mostShown);
    frame();
  }
  const arrived = container.textContent;
  const whole = openBlock();
  whole.block.sync(long, false);
  assert.ok(arrived === whole.container.textContent);
  block.sync(long, true);
  whole.block.sync(long, true);
  assert.ok(container.innerHTML === whole.container.innerHTML);
});

test('the rest that was asked for is drawn as it arrives', () => {
  const { block, container, frame } = openBlock();
  block.sync(long, false, true);
  block.add('the end');
  frame();
  frame();
  assert.ok(container.textContent.endsWith('the end'));
});

test('a text of usual length has no rest', () => {
  const { block, container } = openBlock();
  block.sync('Some **words**.', true);
  assert.ok(!block.isLong);
  assert.equal(container.textContent, 'Some words.');
});

const fragments = [
  'Some **words** of *a text*, `code` and [a link](https://example.com), said [twice][one].',
  '## A heading',
  '- one\n- **two**\n  - within\n- three',
  '1. first\n\n   more of it\n2. second',
  '| Name | Value |\n|---|---:|\n| a | `1` |\n| b | 2 |',
  '```ts\nconst a = 1;\n\nconst b = 2;\n```',
  '> said\n> - in a list\n>\n> and again',
  '<details>\n<summary>More</summary>\n\nwithin **it**\n\n</details>',
  '$$\nx^2\n$$',
  `A long one: ${'words and **marks** in it, '.repeat(80)}end`,
  `- items\n${'- and more of *them*\n'.repeat(90)}`,
  '日本語の**「文」**です。👩‍👩‍👧',
];

/** A text of fragments that a seed decides. */
function textOf(seed: number, end = ''): string {
  let state = seed;
  const next = (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
  const parts: string[] = [];
  while (parts.join('').length < 14_000) parts.push(fragments[next(fragments.length)] ?? '');
  return parts.join('\n\n') + end;
}

const definition = '\n\n[one]: https://example.com/one\n';

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`what is drawn in slices ends as what is drawn at once, block behind block: ${seed}`, () => {
    const source = textOf(seed, seed % 2 === 0 ? definition : '');
    const { block, container, frame, frames, timesDrawn } = openBlock(slow);
    block.sync(source, true);
    let done: FakeElement[] = [];
    for (let slice = 0; slice < 3; slice++) {
      const { children } = container;
      assert.deepEqual(children.slice(0, done.length), done);
      assert.ok(children.length > done.length, `slice ${slice}`);
      assert.equal(timesDrawn(), 0);
      assert.equal(container.getAttribute('aria-busy'), 'true');
      done = children.slice(0, -2);
      frame();
    }
    frames();
    assert.equal(timesDrawn(), 1);
    assert.equal(container.getAttribute('aria-busy'), null);
    assert.equal(container.innerHTML, rendered(source).innerHTML);
  });

  test(`the same where some of it arrives between the slices: ${seed}`, () => {
    const source = textOf(seed, seed % 2 === 0 ? '' : definition);
    const { block, container, frame, frames } = openBlock(slow);
    block.sync(source.slice(0, 9_000), false);
    for (let at = 9_000; at < source.length; at += 700) {
      block.add(source.slice(at, at + 700));
      if (at % 3 === 0) frame();
    }
    block.sync(source, true);
    frames();
    assert.equal(container.innerHTML, rendered(source).innerHTML);
  });
}

test('a usual answer is there in its first frame, however slow the machine is', () => {
  const source = textOf(1).slice(0, 4_000);
  const { block, container, frames, timesDrawn } = openBlock(slow);
  block.sync(source, true);
  assert.equal(container.innerHTML, rendered(source).innerHTML);
  assert.equal(timesDrawn(), 1);
  assert.equal(frames(), 0);
});

test('as long as there is time, what is long is drawn in one go', () => {
  const { block, timesDrawn, frames } = openBlock();
  block.sync(textOf(1), true);
  assert.equal(timesDrawn(), 1);
  assert.equal(frames(), 0);
});

test('a text that nobody looks at any more is not drawn on', () => {
  const { block, container, frames, timesDrawn } = openBlock(slow);
  block.sync(textOf(1), true);
  const shown = container.innerHTML;
  block.dispose();
  assert.equal(frames(), 0);
  assert.equal(container.innerHTML, shown);
  assert.equal(timesDrawn(), 0);
});

test('what was drawn in part goes on where it is, and begins anew where another text stands', () => {
  const source = textOf(2);
  const { block, container, frames } = openBlock(slow);
  block.sync(source, true);
  const [first] = container.children;
  block.sync(`${source}\n\nand more`, true);
  assert.equal(container.children[0], first);
  block.sync('Another.', true);
  frames();
  assert.equal(container.innerHTML, rendered('Another.').innerHTML);
});

test('text that the renderer can not take is shown as it is, all of it', () => {
  const document = {
    ...around.document,
    createElement: (name: string) => {
      if (name === 'hr') throw new RangeError('too deep');
      return around.document.createElement(name);
    },
  };
  const source = `${'words\n\n'.repeat(500)}---\n\n${'more\n\n'.repeat(2_000)}`;
  const { block, container, frames } = openBlock({ ...slow, surroundings: { ...around, document } });
  block.sync(source, true);
  frames();
  assert.equal(container.textContent, source);
});
