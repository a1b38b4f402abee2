import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { insertCode, placeCode, replaceFile } from '../../../src/core/context/placeCode.ts';
import { cpuTime } from '../../support/cpuTime.ts';

const orders = readFileSync('harness/workspace/src/orders.ts', 'utf8');
const report = `import csv
import sys


def read(path):
    """Read all rows."""
    with open(path) as file:
        return list(csv.DictReader(file))


def total(rows):
    result = 0
    for row in rows:
        result += int(row["price"]) * int(row["count"])
    return result


def main():
    rows = read(sys.argv[1])
    print(total(rows))


main()
`;

/** The file with one part of it changed; fails where the part is not there once. */
function changed(file: string, before: string, after: string): string {
  assert.equal(file.split(before).length, 2, `not once: ${before}`);
  return file.replace(before, () => after);
}

function placed(file: string, code: string, selection?: { start: number; end: number }): string {
  const result = placeCode(file, code, selection);
  assert.ok(result.placed, `not placed: ${result.placed ? '' : result.reason}`);
  return result.text;
}

const subtotal = `export function subtotal(order: Order): Cents {
  let sum = 0;
  for (const item of order.items) {
    sum += item.price * item.quantity;
  }
  return sum;
}`;
const isEmpty = `export function isEmpty(order: Order) {
  return order.items.length == 0;
}`;

describe('A function takes the place of the one it repeats', () => {
  test('with another body', () => {
    const code = `export function subtotal(order: Order): Cents {
  return order.items.reduce((sum, item) => sum + item.price * item.quantity, 0);
}
`;
    assert.equal(placed(orders, code), changed(orders, subtotal, code.trimEnd()));
  });

  test('with another signature', () => {
    const code = `export function isEmpty(order: Order, strict = true): boolean {
  return order.items.length === 0 && strict;
}`;
    assert.equal(placed(orders, code), changed(orders, isEmpty, code));
  });

  test('under another name, where its body is the same', () => {
    const code = subtotal.replace('subtotal', 'sumOf');
    assert.equal(placed(orders, code), changed(orders, subtotal, code));
  });

  test('with its comment', () => {
    const code = `/** What an order costs. */\n${subtotal.replace('let sum', 'let total')}`;
    const old = `/** The sum of an order before any discount. */\n${subtotal}`;
    assert.equal(placed(orders, code), changed(orders, old, code));
  });

  test('in a language without brackets, all of it', () => {
    const code = `def total(rows):
    return sum(int(row["price"]) * int(row["count"]) for row in rows)
`;
    const old = report.slice(report.indexOf('def total'), report.indexOf('\n\n\ndef main'));
    assert.equal(placed(report, code), changed(report, old, code.trimEnd()));
  });

  test('of a hundred lines, down to its closing bracket', () => {
    const body = Array.from(
      { length: 100 },
      (_, line) => `  step(${line});\n  if (done) {\n    stop(${line});\n  }`,
    ).join('\n');
    const file = `start();\n\nfunction long() {\n${body}\n}\n\nfunction other() {\n  stop(1);\n}\n`;
    const code = 'function long() {\n  steps.forEach(step);\n}\n';
    assert.equal(placed(file, code), `start();\n\n${code}\nfunction other() {\n  stop(1);\n}\n`);
  });

  test('two of them, and what stands between them stays', () => {
    const first = subtotal.replace('let sum = 0', 'let sum: Cents = 0');
    const second = isEmpty.replace('==', '===');
    const expected = changed(changed(orders, subtotal, first), isEmpty, second);
    assert.equal(placed(orders, `${first}\n\n${second}\n`), expected);
  });

  test('a method inside of its class, at its level', () => {
    const file =
      'class Shop {\n  open() {\n    this.isOpen = true;\n  }\n\n  close() {\n    this.isOpen = false;\n  }\n}\n';
    const code = 'close() {\n  this.isOpen = false;\n  this.lock();\n}\n';
    assert.equal(placed(file, code), changed(file, '= false;\n', '= false;\n    this.lock();\n'));
  });

  test('followed by a new one', () => {
    const code = `${isEmpty}\n\nexport function isFull(order: Order) {\n  return order.items.length > 99;\n}`;
    assert.equal(placed(orders, code), changed(orders, isEmpty, code));
  });
});

describe('What was left out stays:', () => {
  for (const gap of [
    '// ... existing code ...',
    '// …',
    '/* ... */',
    '// rest of the function',
    '// unchanged',
    '// 既存のコード',
    '// 其余代码不变',
    '...',
  ]) {
    test(gap, () => {
      const code = `export function subtotal(order: Order): Cents {\n  check(order);\n  ${gap}\n  return Math.round(sum);\n}`;
      const expected = changed(
        changed(orders, 'let sum = 0;', 'check(order);\n  let sum = 0;'),
        'return sum;',
        'return Math.round(sum);',
      );
      assert.equal(placed(orders, code), expected);
    });
  }

  test('with a hash in front, above and below', () => {
    const code = '# ... existing imports\n\ndef main():\n    # ... rest of the code\n    print("done")\n';
    const expected = changed(report, '    print(total(rows))\n', '    print(total(rows))\n    print("done")\n');
    assert.equal(placed(report, code), expected);
  });

  test('before it there may be new imports', () => {
    const code = `import { round } from './round.js';\n\n// ...\n\n${isEmpty.replace('==', '===')}`;
    const withImport = changed(
      orders,
      "from './prices.js';\n",
      "from './prices.js';\nimport { round } from './round.js';\n",
    );
    assert.equal(placed(orders, code), changed(withImport, '.length == 0', '.length === 0'));
  });

  test('new lines between two gaps could be meant anywhere', () => {
    const code = `export function subtotal(order: Order): Cents {\n  // ...\n  check(order);\n  // ...\n}`;
    assert.deepEqual(placeCode(orders, code), { placed: false, reason: 'notFound' });
  });
});

describe('A whole file', () => {
  test('with some lines changed', () => {
    const whole = changed(changed(orders, 'let sum = 0', 'let sum: Cents = 0'), '.length == 0', '.length === 0');
    assert.equal(placed(orders, whole), whole);
  });

  test('without one of its functions', () => {
    const whole = changed(orders, `${isEmpty}\n\n`, '');
    assert.equal(placed(orders, whole), whole);
  });

  test('that ends early keeps the rest of the file', () => {
    const half = orders.slice(0, orders.indexOf('export async function saveOrder')).replace('length ==', 'length ===');
    assert.equal(placed(orders, half), orders.replace('.length == 0', '.length === 0'));
  });

  test('takes the place of an empty one', () => assert.equal(placed('', 'let a;'), 'let a;\n'));

  test('can be meant although nothing is the same', () => {
    assert.deepEqual(replaceFile('let a;\n', 'let b;\nlet c;'), { placed: true, text: 'let b;\nlet c;\n' });
  });
});

describe('The file keeps', () => {
  test('its line ends', () => {
    const code = isEmpty.replace('==', '===');
    const windows = orders.replaceAll('\n', '\r\n');
    assert.equal(placed(windows, code), windows.replace('.length == 0', '.length === 0'));
  });

  test('its tabs', () => {
    const tabs = orders.replaceAll('  ', '\t');
    const code = isEmpty.replace('==', '===');
    assert.equal(placed(tabs, code), tabs.replace('.length == 0', '.length === 0'));
  });

  test('its four columns, where the code has two', () => {
    const code = 'def total(rows):\n  result = 0\n  for row in rows:\n    result += 1\n  return result\n';
    const expected = changed(report, 'result += int(row["price"]) * int(row["count"])', 'result += 1');
    assert.equal(placed(report, code), expected);
  });

  test('no line end at its end where it had none', () => {
    assert.equal(
      placed(orders.trimEnd(), isEmpty.replace('==', '===')),
      orders.trimEnd().replace('length == 0', 'length === 0'),
    );
  });

  test('blanks at the ends of lines that are not touched', () => {
    const file = orders.replace('return order.id;', 'return order.id;   ').replace('let sum = 0;', 'let sum = 0;  ');
    const code = subtotal.replace('return sum', 'return Math.round(sum)');
    assert.equal(placed(file, code), file.replace('return sum', 'return Math.round(sum)'));
  });
});

describe('Nothing is guessed', () => {
  test('for a new function, even one that looks like another', () => {
    const code = `export function average(order: Order): number {
  let sum = 0;
  for (const item of order.items) {
    sum += item.price;
  }
  return sum / order.items.length;
}`;
    assert.deepEqual(placeCode(orders, code), { placed: false, reason: 'notFound' });
  });

  test('for code of another file', () => {
    assert.deepEqual(placeCode(orders, 'def total(rows):\n    return sum(rows)\n'), {
      placed: false,
      reason: 'notFound',
    });
    assert.deepEqual(placeCode(orders, 'npm install left-pad'), { placed: false, reason: 'notFound' });
  });

  test('where the code fits two places alike', () => {
    const file =
      'describe("a", () => {\n  beforeEach(() => setUp());\n});\n\ndescribe("b", () => {\n  beforeEach(() => setUp());\n});\n';
    const code = 'beforeEach(() => setUp());\nafterEach(() => tearDown());';
    assert.deepEqual(placeCode(file, code), { placed: false, reason: 'ambiguous' });
  });

  test('where the file has the code already', () => {
    assert.deepEqual(placeCode(orders, subtotal), { placed: false, reason: 'unchanged' });
  });
});

describe('Selected lines', () => {
  test('decide between two places', () => {
    const file = 'a(() => {\n  const rows = readAll();\n});\nb(() => {\n  const rows = readAll();\n});\n';
    const code = 'const rows = readAll();\nsort(rows);';
    assert.equal(
      placed(file, code, { start: 4, end: 4 }),
      'a(() => {\n  const rows = readAll();\n});\nb(() => {\n  const rows = readAll();\n  sort(rows);\n});\n',
    );
  });

  test('are replaced by what repeats nothing of the file, at their level', () => {
    const code = 'return items\n  .map(priceOf)\n  .reduce(add);';
    assert.equal(
      placed(orders, code, { start: 16, end: 20 }),
      orders.replace(/ {2}let sum[^]*?return sum;\n/, '  return items\n    .map(priceOf)\n    .reduce(add);\n'),
    );
  });

  test('do not matter to code that belongs elsewhere', () => {
    const code = isEmpty.replace('==', '===');
    assert.equal(placed(orders, code, { start: 16, end: 20 }), orders.replace('length == 0', 'length === 0'));
  });
});

test('at a cursor code stands below its line, as deep, or in place of a blank one', () => {
  const at = (line: number): string | false => {
    const result = insertCode('if (a) {\n  b();\n\n}\n', 'c();\nd();', line);
    return result.placed && result.text;
  };
  assert.equal(at(1), 'if (a) {\n  b();\n  c();\n  d();\n\n}\n');
  assert.equal(at(2), 'if (a) {\n  b();\n  c();\n  d();\n}\n');
});

test('a long file takes no longer than a person notices', () => {
  const lines = Array.from({ length: 6_000 }, (_, line) => `const value${line} = read(${line}, 'of the list');`);
  const file = `${lines.join('\n')}\n`;
  const code = lines.slice(3_000, 3_300).join('\n').replace('value3100', 'changed');
  const took = cpuTime(() => assert.equal(placed(file, code), file.replace('value3100', 'changed')));
  assert.ok(took < 2_000, `${took} ms`);
});

test('functions of this product can be changed, one line, the body, or with a new first line', () => {
  let functions = 0;
  for (const path of globSync('src/{core,shared}/**/*.ts')) {
    const file = readFileSync(path, 'utf8');
    for (const { 0: old, index } of file.matchAll(/^(?:export )?(?:async )?function \w+.*\{\n[^]*?\n\}\n/gm)) {
      const lines = old.split('\n');
      // Of a signature over several lines, the first one alone is no function's beginning.
      if (lines.length < 5 || !isBalanced(lines[0] ?? '')) continue;
      // One of them each, by turns: there are hundreds of functions for each of the three.
      const code = [
        lines.with(Math.floor(lines.length / 2), '  changed();').join('\n'),
        `${lines[0] ?? ''}\n  return changed();\n}\n`,
        lines.toSpliced(1, 0, '  added();').join('\n'),
      ][functions++ % 3];
      assert.ok(code !== undefined);
      assert.equal(placed(file, code), file.slice(0, index) + code + file.slice(index + old.length), path);
    }
  }
  assert.ok(functions > 600);
});

function isBalanced(line: string): boolean {
  return line.split('(').length === line.split(')').length;
}
