import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { BlockText } from '../../../src/webview/blocks/blockText.ts';
import { mostShown } from '../../../src/webview/blocks/longText.ts';
import { around } from './surroundings.ts';

/** A block whose frames are run by hand. */
function openBlock(): { block: BlockText; container: FakeElement; frame: () => void } {
  const container = new FakeElement('div');
  let waiting: (() => void)[] = [];
  const block = new BlockText(container, around, callback => {
    waiting.push(callback);
    return () => (waiting = []);
  });
  const frame = (): void => waiting.splice(0).forEach(callback => callback());
  return { block, container, frame };
}

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
