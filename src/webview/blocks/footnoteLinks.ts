import { t } from '../ui/l10n.ts';

/** The part of the DOM that is used, so that tests need no browser. */
export interface FootnoteElement {
  readonly className: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
}

/** The two ends of each footnote, by its label: what explains it, and where it is referred to. */
interface Ends<Element> {
  start: Element | undefined;
  references: Element[];
}

/**
 * Makes links of the marks of footnotes whose other end is there, among those of one answer. As with paths, only
 * attributes change.
 */
export function linkFootnotes(marks: Iterable<FootnoteElement>): void {
  for (const [label, { start, references }] of endsIn(marks)) {
    const [first] = references;
    if (!start || !first) continue;
    for (const reference of references) makeLink(reference, t('Footnote {0}', label));
    makeLink(start, t('Back to where footnote {0} is referred to', label));
  }
}

/** Where each footnote was left for what explains it: the way back leads there. */
const leftAt = new WeakMap<FootnoteElement, FootnoteElement>();

/** The other end of the footnote that `mark` is one of, among `marks` of the same answer. */
export function otherEnd<Element extends FootnoteElement>(
  mark: Element,
  marks: Iterable<Element>,
): Element | undefined {
  const { start, references = [] } = endsIn(marks).get(mark.getAttribute('data-footnote') ?? '') ?? {};
  if (mark !== start) {
    if (start) leftAt.set(start, mark);
    return start;
  }
  const left = leftAt.get(start);
  return references.find(reference => reference === left) ?? references[0];
}

/** Of two explanations with one label the first counts, as elsewhere. */
function endsIn<Element extends FootnoteElement>(marks: Iterable<Element>): Map<string, Ends<Element>> {
  const ends = new Map<string, Ends<Element>>();
  for (const mark of marks) {
    const label = mark.getAttribute('data-footnote') ?? '';
    const known = ends.get(label) ?? { start: undefined, references: [] };
    ends.set(label, known);
    if (mark.className === 'footnote-start') known.start ??= mark;
    else known.references.push(mark);
  }
  return ends;
}

function makeLink(mark: FootnoteElement, title: string): void {
  if (mark.getAttribute('role') === 'link') return;
  mark.setAttribute('role', 'link');
  mark.setAttribute('tabindex', '0');
  mark.setAttribute('title', title);
}
