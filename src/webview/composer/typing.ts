/** The part of a document that edits as typing does; marked as outdated, and the only way that can be undone. */
export interface TypingDocument {
  execCommand(command: 'insertText' | 'delete', showUi: false, text: string): boolean;
}

/** Puts `text` in the place of all that the field holds: one step to undo, and the field's own event. */
export function typeOver(field: HTMLTextAreaElement, text: string): void {
  field.select();
  typingIn(field.ownerDocument).execCommand(text === '' ? 'delete' : 'insertText', false, text);
}

export function typingIn(page: TypingDocument): TypingDocument {
  return page;
}
