import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locateQuote } from '../../../src/core/review/locate.ts';
import { type Suggestion, suggestionFor, withSuggestion } from '../../../src/core/review/suggestion.ts';

const nested = 'f() {\n    if (a) {\n        b();\n    }\n}\n';
const nestedThen = 'f() {\n    if (c) {\n        b();\n    }\n}\n';

test('the replacement is as deep as the code that it replaces, whatever a model has dropped', () => {
  const quotes = [
    'if (a) {\n        b();\n    }',
    '    if (a) {\n        b();\n    }',
    'if (a) {\n    b();\n}',
    '  if (a) {\n    b();\n  }',
    '\tif (a) {\n\t\tb();\n\t}',
    '+    if (a) {\n+        b();\n+    }',
    '2:     if (a) {\n3:         b();\n4:     }',
    'if(a) {\n b();\n}',
  ];
  const replacements = [
    'if (c) {\n        b();\n    }',
    '    if (c) {\n        b();\n    }',
    'if (c) {\n    b();\n}',
    'if (c) {\n  b();\n}\n',
    '\tif (c) {\n\t\tb();\n\t}',
    '```ts\n    if (c) {\r\n        b();\r\n    }\r\n```\n',
    '-    if (a) {\n+    if (c) {\n         b();\n     }',
    '\n\nif (c) {\n    b();\n}\n\n',
    'f() {\n    if (c) {\n        b();\n    }\n}',
    'f() {\n    if (c) {\n        b();\n    }',
    '    if (c) {\n        b();\n    }\n}',
  ];
  for (const quote of quotes) {
    for (const replacement of replacements) {
      assert.equal(surely(nested, quote, replacement), nestedThen, `${quote}\n→\n${replacement}`);
    }
  }
});

test('it is deeper or shallower than the model has it, and indented as the file is', () => {
  const deep = 'f() {\n        if (a) {\n            b();\n        }\n}\n';
  const four = '    if (a) {\n        b();\n    }';
  assert.equal(
    surely(deep, four, '    if (c) {\n        b();\n    }'),
    'f() {\n        if (c) {\n            b();\n        }\n}\n',
  );
  assert.equal(
    surely(
      'def f(x):\n\tif x:\n\t\treturn 1\n',
      '    if x:\n        return 1',
      '    if x is not None:\n        return 1',
    ),
    'def f(x):\n\tif x is not None:\n\t\treturn 1\n',
  );
  assert.equal(
    surely('f() {\n  if (a) {\n    b();\n  }\n}\n', four, 'if (c) {\n    if (d) {\n        b();\n    }\n}'),
    'f() {\n  if (c) {\n    if (d) {\n      b();\n    }\n  }\n}\n',
  );
  assert.equal(
    surely('class A {\n\t/** Old. */\n\tf() {}\n}\n', '    /** Old. */', '    /**\n     * New.\n     */'),
    'class A {\n\t/**\n\t * New.\n\t */\n\tf() {}\n}\n',
  );
  assert.equal(surely('f:\r\n  a\r\n', 'a', 'b\nc'), 'f:\r\n  b\r\n  c\r\n');
  assert.equal(surely('f:\n  - a\n', '- a', '- b\n- c'), 'f:\n  - b\n  - c\n');
  assert.equal(surely('f:\n  - a: 1\n', '- a: 1', '- a: 2\n  b: 3'), 'f:\n  - a: 2\n    b: 3\n');
  assert.equal(surely('f() {\n    a();\n}\n', '    a();', '// Note:\n    b();'), 'f() {\n    // Note:\n    b();\n}\n');
});

test('an empty replacement takes the whole lines away', () => {
  assert.equal(surely('a();\n    let x = 0;\nb();\n', '    let x = 0;', ''), 'a();\nb();\n');
  assert.equal(surely('a();\n    let x = 0;\nb();\n', 'let x = 0;', ' \n'), 'a();\nb();\n');
  assert.equal(surely('a();\nb();', 'b();', ''), 'a();');
  assert.equal(surely('a(x, yes);\n', ', yes', ''), 'a(x);\n');
});

test('what stands around the quote is not doubled', () => {
  const file = 'f() {\n  const a = one;\n  run(a);\n}\n';
  assert.equal(surely(file, '  run(a);', '  const a = one;\n  run(b);\n}'), 'f() {\n  const a = one;\n  run(b);\n}\n');
  assert.equal(surely(file, '  run(a);', '  run(b);\n}'), 'f() {\n  const a = one;\n  run(b);\n}\n');
  assert.equal(
    surely(file, '  run(a);', '  if (a) {\n    run(a);\n  }'),
    'f() {\n  const a = one;\n  if (a) {\n    run(a);\n  }\n}\n',
  );
});

test('nor is the rest of a line of which a part is quoted', () => {
  const line = 'f() {\n    if (a == b) {\n        return total(items);\n    }\n}\n';
  const then = line.replace('a == b', 'a === b');
  for (const replacement of ['a === b', 'if (a === b) {', '    if (a === b) {', 'a === b) {', 'if (a === b']) {
    assert.equal(surely(line, 'a == b', replacement), then, replacement);
  }
  const sum = line.replace('total(items)', 'sum(items)');
  for (const replacement of ['sum(items)', 'return sum(items);', 'sum(items);', 'return sum(items)']) {
    assert.equal(surely(line, 'total(items)', replacement), sum, replacement);
  }
  const many = line.replace('total(items)', 'items.reduce(\n            add,\n        )');
  assert.equal(surely(line, 'total(items)', 'items.reduce(\n    add,\n)'), many);
  assert.equal(surely(line, 'total(items)', 'items.reduce(\n            add,\n        )'), many);
});

test('what may be meant in two ways is not sure', () => {
  for (const [file, quote, replacement] of [
    // The first line may have lost its indentation, or all have.
    ['f() {\n    a();\n}\n', '    a();', 'b();\n        c();'],
    // Another depth than the quote has.
    ['f() {\n        a();\n}\n', '        a();', '    b();'],
    // A sum, or a diff.
    ['f(\n  a\n)\n', '  a', '  b\n+ c'],
    ['f() {\n  a();\n  b();\n}\n', '  b();', '  a();'],
    ['f() {\n  if (!done) {\n  }\n}\n', 'done', '!done'],
    ['def f\n  a\nend\n', '  a', '  b\nend'],
    ['f:\n  a: 1\n', 'a: 1', 'a:\n- 1'],
    ['<p>\n  a\n</p>\n', '  a', '<br>\nb'],
  ] as const) {
    assert.equal(suggest(file, quote, replacement)?.isSure, false, replacement);
  }
});

test('a replacement that is the code that is there is no suggestion', () => {
  assert.equal(suggest(nested, '    if (a) {', 'if (a) {'), undefined);
});

test('it is known whether the result says what the model has written', () => {
  for (const [replacement, isAsWritten] of [
    ['if (c) {\n  b();\n}\n', true],
    ['', true],
    ['```\nif (c) {\n  b();\n}\n```', false],
    ['f() {\n  if (c) {\n    b();\n  }', false],
  ] as const) {
    assert.equal(suggest(nested, 'if (a) {\n  b();\n}', replacement)?.isAsWritten, isAsWritten, replacement);
  }
});

function suggest(text: string, quote: string, replacement: string): Suggestion | undefined {
  const lines = text.split(/\r?\n/);
  const location = locateQuote(lines, quote);
  assert.ok(location.found, `not found: ${quote}`);
  return suggestionFor(lines, location.range, { quote, quoted: location.quoted, replacement });
}

/** The text after a suggestion that needs no second look. */
function surely(text: string, quote: string, replacement: string): string {
  const suggestion = suggest(text, quote, replacement);
  assert.ok(suggestion, `no suggestion: ${replacement}`);
  assert.ok(suggestion.isSure, `not sure: ${quote}\n→\n${replacement}\n→\n${suggestion.lines.join('\n')}`);
  return withSuggestion(text, suggestion);
}
