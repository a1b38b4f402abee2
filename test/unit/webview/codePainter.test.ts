import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodePainter, type PainterPorts } from '../../../src/webview/markdown/codePainter.ts';
import * as highlighter from '../../../src/webview/markdown/highlight/highlightCode.ts';
import { FakeElement, fakeDocument } from '../../../harness/dom/fakeDom.ts';

interface Bench {
  painter: CodePainter;
  /** Runs what was put off, one task after the other; returns how many there were. */
  runTasks: () => number;
  /** Milliseconds that the clock shows; each look at it takes one. */
  clock: { now: number };
}

function bench(load: PainterPorts['load'] = () => Promise.resolve(highlighter)): Bench {
  const tasks: (() => void)[] = [];
  const clock = { now: 100 };
  const later = (work: () => void): void => void tasks.push(work);
  const painter = new CodePainter({ document: fakeDocument, load, later, now: () => clock.now++ });
  const runTasks = (): number => {
    let count = 0;
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      count++;
      task();
    }
    return count;
  };
  return { painter, runTasks, clock };
}

function codeOf(...texts: string[]): FakeElement {
  const code = new FakeElement('code');
  code.append(...texts);
  return code;
}

test('code gets its colours once the highlighter is there, and keeps its text', async () => {
  const { painter, runTasks } = bench();
  const code = codeOf('return 1;');
  painter.paint(code, 'ts');
  assert.equal(code.innerHTML, 'return 1;');
  await Promise.resolve();
  runTasks();
  assert.equal(code.innerHTML, '<span class="code-control">return </span><span class="code-number">1</span>;');
});

test('long code is painted in many tasks, across the nodes that it grew in', async () => {
  const { painter, runTasks } = bench();
  const lines = Array.from({ length: 1_000 }, (_, index) => `const a${index} = ${index};\n`);
  const code = codeOf(...Array.from({ length: 25 }, (_, index) => lines.slice(index * 40, index * 40 + 40).join('')));
  painter.paint(code, 'ts');
  await Promise.resolve();
  assert.ok(runTasks() > 2);
  assert.equal(code.textContent, lines.join(''));
  assert.equal(code.children.filter(({ className }) => className === 'code-number').length, 1_000);
});

test('a short block is painted at once when the highlighter is there, and a hundred of them are not', async () => {
  const { painter, runTasks, clock } = bench();
  painter.paint(codeOf('1'), 'ts');
  await Promise.resolve();
  runTasks();
  clock.now += 1_000;
  const blocks = Array.from({ length: 100 }, () => codeOf('1'));
  for (const block of blocks) painter.paint(block, 'ts');
  assert.equal(blocks[0]?.children.length, 1);
  assert.equal(blocks.at(-1)?.children.length, 0);
  runTasks();
  assert.equal(blocks.at(-1)?.children.length, 1);
});

test('very long code, unknown languages and what is painted already stay as they are', async () => {
  const { painter, runTasks } = bench();
  const long = codeOf('1;\n'.repeat(40_000));
  const unknown = codeOf('return');
  const painted = codeOf();
  painted.append(codeOf('return'));
  for (const code of [long, painted]) painter.paint(code, 'ts');
  painter.paint(unknown, 'klingon');
  await Promise.resolve();
  runTasks();
  assert.equal(long.children.length, 0);
  assert.equal(unknown.innerHTML, 'return');
  assert.equal(painted.innerHTML, '<code>return</code>');
});

test('code that changes while it is painted is left to what it says now', async () => {
  const { painter, runTasks } = bench();
  const code = codeOf('a;\n'.repeat(500));
  painter.paint(code, 'ts');
  await Promise.resolve();
  code.replaceChildren(new FakeElement('b'));
  runTasks();
  assert.equal(code.innerHTML, '<b></b>');
});

test('without a highlighter code is still code', async () => {
  const { painter, runTasks } = bench(() => Promise.reject(new Error('gone')));
  const code = codeOf('return');
  painter.paint(code, 'ts');
  await new Promise(setImmediate);
  assert.equal(runTasks(), 0);
  painter.paint(code, 'ts');
  assert.equal(code.innerHTML, 'return');
});
