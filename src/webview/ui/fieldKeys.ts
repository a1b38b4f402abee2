/**
 * Keeps Select All, Undo and Redo in a text field the browser's own. The editor would hear of the key and hand it back
 * later: by then something may have been typed, which the next character would replace. And within the quarter of a
 * second in which the editor does not know yet that the page has the keyboard, it would undo in its own document instead.
 */
export function keepFieldKeys(target: Document): void {
  target.addEventListener('keydown', event => {
    const isInField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (isInField && isFieldKey(event)) event.stopPropagation();
  });
}

function isFieldKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (altKey || !(ctrlKey || metaKey)) return false;
  const letter = key.toLowerCase();
  return letter === 'z' || (!shiftKey && (letter === 'a' || letter === 'y'));
}
