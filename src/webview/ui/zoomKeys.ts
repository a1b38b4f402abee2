/**
 * Keeps a browser that the editor runs in from zooming the whole page: the keys go on to the editor, where they change
 * the font size of this view.
 */
export function keepZoomKeys(target: Document): void {
  target.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && ['=', '+', '-', '_', '0'].includes(event.key)) {
      event.preventDefault();
    }
  });
}
