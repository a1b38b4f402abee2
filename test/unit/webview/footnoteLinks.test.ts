import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import { linkFootnotes, otherEnd } from '../../../src/webview/blocks/footnoteLinks.ts';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

function marksIn(element: FakeElement): FakeElement[] {
  return element.descendants.filter(child => child.getAttribute('data-footnote') !== null);
}

/** Each mark with its title; `-` where it is no link. */
function linked(container: FakeElement): string[] {
  const marks = marksIn(container);
  linkFootnotes(marks);
  return marks.map(mark => (mark.getAttribute('role') === 'link' ? (mark.getAttribute('title') ?? '') : '-'));
}

const back = (label: string): string => `Back to where footnote ${label} is referred to`;

test('a footnote is linked there and back by attributes alone, and only where both ends are', () => {
  const container = rendered('a[^1] b[^gone] c[^1]\n\n[^1]: One\n\n[^unused]: Two');
  const text = container.textContent;
  assert.deepEqual(linked(container), ['Footnote 1', '-', 'Footnote 1', back('1'), '-']);
  assert.equal(container.textContent, text);
  assert.deepEqual(linked(container).length, 5);
});

test('an answer that has streamed is linked as one that is drawn at once', () => {
  const source = 'a[^x] and more[^X]\n\n- b[^2]\n\n[^x]: One\n[^2]: Two [^x]\n';
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  for (const character of source) markdown.append(character);
  markdown.finish();
  assert.deepEqual(linked(container), linked(rendered(source)));
  assert.deepEqual(linked(container), ['Footnote x', 'Footnote x', 'Footnote 2', back('x'), back('2'), 'Footnote x']);
});

test('the way back leads to where one came from, else to the first reference', () => {
  const marks = marksIn(rendered('a[^1] b[^1]\n\n[^1]: One\n\n[^1]: again'));
  const [first, second, start, again] = marks;
  assert.ok(first && second && start && again);
  assert.equal(otherEnd(start, marks), first);
  assert.equal(otherEnd(second, marks), start);
  assert.equal(otherEnd(start, marks), second);
  assert.equal(otherEnd(again, marks), start, 'of two with one label the first counts');
  assert.equal(otherEnd(first, [first]), undefined);
});

test('labels are never selectors, names of properties or markup', () => {
  const container = rendered('a[^constructor] b[^"\\]] c[^<b>] d[^toString]\n\n[^constructor]: 1\n\n[^<b>]: 2');
  assert.deepEqual(linked(container), [
    'Footnote constructor',
    '-',
    'Footnote <b>',
    '-',
    back('constructor'),
    back('<b>'),
  ]);
});

test('very many footnotes are looked at once each, nested and missing ones too', () => {
  const counted = (count: number): number => {
    const source = Array.from({ length: count }, (_, index) => `[^${index}]: x[^${index + 1}] [^m${index}]\n\n`).join(
      '',
    );
    let asked = 0;
    const marks = marksIn(rendered(source)).map(mark => ({
      className: mark.className,
      getAttribute: (name: string) => {
        asked++;
        return mark.getAttribute(name);
      },
      setAttribute: () => undefined,
    }));
    linkFootnotes(marks);
    return asked;
  };
  assert.ok(counted(4_000) <= 2.1 * counted(2_000));
});
