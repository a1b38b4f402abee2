/**
 * Keeps Select All in a text field the browser's own. The editor would hear of the key, and select everything once
 * more when its answer comes: by then something may have been typed, and the next character would replace it.
 */
export function keepSelectAllKey(target: Document): void {
  target.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    const isSelectAll = key.toLowerCase() === 'a' && (ctrlKey || metaKey) && !shiftKey && !altKey;
    const isInField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (isSelectAll && isInField) event.stopPropagation();
  });
}
