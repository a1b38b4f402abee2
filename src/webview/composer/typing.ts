/** The part of a document that edits as typing does; marked as outdated, and the only way that can be undone. */
export interface TypingDocument {
  execCommand(command: 'insertText' | 'delete', showUi: false, text: string): boolean;
}

export function typingIn(page: TypingDocument): TypingDocument {
  return page;
}
