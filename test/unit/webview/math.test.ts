import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Formulas } from '../../../src/webview/markdown/math/formulas.ts';
import { renderMath } from '../../../src/webview/markdown/math/renderMath.ts';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import { FakeElement, fakeDocument } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

/** The sources of the formulas that were found. */
function formulasIn(source: string): string[] {
  return rendered(source).descendants.flatMap(element => element.getAttribute('data-math') ?? []);
}

describe('A formula is', () => {
  const cases: [source: string, formulas: string[]][] = [
    ['$x$', ['$x$']],
    ['so $x^2 + y_1$.', ['$x^2 + y_1$']],
    ['($x$, $y$)', ['$x$', '$y$']],
    ['\\(a_1\\) and \\[b\\]', ['\\(a_1\\)', '\\[b\\]']],
    ['$$x$$', ['$$x$$']],
    ['a\n$$\nx\n$$\nb', ['$$\nx\n$$']],
    ['  \\[\n  x = 1\n  \\]', ['\\[\n  x = 1\n  \\]']],
    ['- a $x$\n- b\n\n  $$y$$', ['$x$', '$$y$$']],
    ['| $a$ |\n|---|\n| \\(b\\) |', ['$a$', '\\(b\\)']],
    ['**bold $a*b$ and $c*d$**', ['$a*b$', '$c*d$']],
    ['$a\\$b$', ['$a\\$b$']],
  ];
  for (const [source, formulas] of cases)
    test(JSON.stringify(source), () => assert.deepEqual(formulasIn(source), formulas));
});

describe('No formula is', () => {
  const cases = [
    '$5 and $10',
    'between $5, $6 and $7.50',
    'US$5 or 10$ and 20$',
    'it costs $5 (or 4$ with a card)',
    '$HOME/bin:$PATH',
    '$HOME and $USER',
    '${HOME}/${USER}',
    'a$b$c',
    '$ x $',
    '$x',
    '\\$x\\$',
    '$$',
    '$$$$',
    '`$x$` and `\\(y\\)`',
    '```\n$x$\n$$\ny\n$$\n```',
    '    $$x$$',
    '$$\na\n\nb\n$$',
    'run `echo $A` and `echo $B`',
    '[a](https://example.com/$b$c)',
  ];
  for (const source of cases) test(JSON.stringify(source), () => assert.deepEqual(formulasIn(source), []));
});

test('a formula becomes MathML, and what cannot be one stays as it was written', () => {
  assert.match(rendered('$\\frac{a}{b}$').innerHTML, /<math><mfrac><mi>a<\/mi><mi>b<\/mi>/);
  assert.match(rendered('$$\nx\n$$').innerHTML, /<div dir="ltr" class="math math-display" [^>]*><math display="block"/);
  assert.equal(rendered('so $\\frac{a}$ ends').textContent, 'so $\\frac{a}$ ends');
  assert.equal(rendered('$\\undefinedcommand$').textContent, '$\\undefinedcommand$');
});

test('a macro that grows without end and a formula without end are shown as text', () => {
  assert.equal(renderMath('\\def\\a{\\a\\a}\\a', false, fakeDocument), undefined);
  assert.equal(renderMath('x'.repeat(9_000), false, fakeDocument), undefined);
});

test('what is defined in one formula is not defined in the next', () => {
  assert.ok(renderMath('\\gdef\\mine{x}\\mine', false, fakeDocument));
  assert.equal(renderMath('\\mine', false, fakeDocument), undefined);
});

describe('While it arrives, a formula', () => {
  const shown = (source: string): FakeElement => {
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    for (const character of source) markdown.append(character);
    return container;
  };

  test('is its source, in one block, without anything else in it', () => {
    assert.equal(
      shown('$$\na\n- b_1 *c\n= d').innerHTML,
      '<div dir="ltr" class="open-math math-display">a\n- b_1 *c\n= d</div>',
    );
    assert.equal(
      shown('so \\(a_1 *b').innerHTML,
      '<p dir="auto">so <span dir="ltr" class="open-math">a_1 *b</span></p>',
    );
    assert.equal(shown('so $a_1').innerHTML, '<p dir="auto">so <span dir="ltr" class="open-math">a_1</span></p>');
  });

  test('is a text where it may be a price', () => {
    assert.equal(shown('costs $5 and').innerHTML, '<p dir="auto">costs $5 and</p>');
    assert.equal(shown('in $HOME and').innerHTML, '<p dir="auto">in $HOME and</p>');
  });

  test('that is done keeps its element when text follows', () => {
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    markdown.append('so $x^2$');
    const [formula] = container.children[0]?.children ?? [];
    assert.equal(formula?.className, 'math');
    markdown.append(' and **more**');
    assert.equal(container.children[0]?.children[0], formula);
  });
});

test('until what draws it has come a formula is its source, and so it stays where that never comes', async () => {
  const late = new Formulas({ document: fakeDocument, load: () => Promise.resolve({ renderMath }) });
  const never = new Formulas({ document: fakeDocument, load: () => Promise.reject(new Error('gone')) });
  const elements = [new FakeElement('span'), new FakeElement('span')] as const;
  for (const element of elements) element.append('$x$');
  late.show(elements[0], 'x', false);
  never.show(elements[1], 'x', false);
  assert.equal(elements[0].innerHTML, '$x$');
  await new Promise(setImmediate);
  assert.equal(elements[0].innerHTML, '<math><mi>x</mi></math>');
  assert.equal(elements[1].innerHTML, '$x$');
});
