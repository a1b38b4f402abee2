import * as vscode from 'vscode';

/** What the conditions of commands, keys and the walkthrough ask; each is `marginalia.` and the name. */
export type ContextKey =
  /** An answer is running in the chat that was used last. */
  | 'answering'
  /** The keyboard is in the page of a chat, of which the editor's own `focusedView` knows nothing. */
  | 'chatFocused'
  /** There is a key for the endpoint. */
  | 'hasKey'
  /** A question was answered in this window. */
  | 'hasAnswer'
  /** The editor is of a file whose changes by a conversation were shown. */
  | 'atChange';

export function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `marginalia.${key}`, value);
}
