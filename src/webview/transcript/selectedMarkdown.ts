import { writeMarkdown } from '../markdown/writeMarkdown.ts';

const around = new Set(['OL', 'UL', 'TABLE', 'TBODY', 'THEAD', 'TR', 'BLOCKQUOTE', 'P']);

/** What is selected within this element, as Markdown; undefined where that is nothing. */
export function selectedMarkdown(within: Element): string | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(within)) return undefined;
  if (!within.contains(range.startContainer)) range.setStart(within, 0);
  if (!within.contains(range.endContainer)) range.setEnd(within, within.childNodes.length);
  const { commonAncestorContainer: common } = range;
  const parent = common instanceof Element ? common : common.parentElement;
  // Text of a message is as it was typed, and code as it is.
  if (parent?.closest('pre, .prompt')) return range.toString() || undefined;
  let content: Node = range.cloneContents();
  // Of a list, parts of its items are no list by themselves.
  for (let at = parent; at && at !== within && around.has(at.nodeName); at = at.parentElement) {
    const wrapper = at.cloneNode(false);
    wrapper.appendChild(content);
    content = wrapper;
  }
  const root = document.createDocumentFragment();
  root.append(content);
  return writeMarkdown(root) || undefined;
}
