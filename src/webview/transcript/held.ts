/** The elements that the reader holds: with the focus or the ends of the selection in them. */
export function heldElements(): Element[] {
  const selection = getSelection();
  const nodes = [document.activeElement, selection?.isCollapsed ? null : selection?.anchorNode, selection?.focusNode];
  return nodes.flatMap(node => (node instanceof Element ? node : (node?.parentElement ?? [])));
}
