import { type MessageReaders, oneOf, text } from './readers.ts';

/** What is done with a text that the conversation shows. */
export type CodeMessage =
  | { type: 'copy'; text: string }
  /** Do something with a block of code; `language` as the answer named it, perhaps empty. */
  | { type: 'useCode'; action: 'insert' | 'newFile' | 'terminal'; text: string; language: string }
  /** Show what a block of code would change in a file; the fence's line and the line above it may name the file. */
  | { type: 'applyCode'; text: string; info: string; lineBefore: string };

export const codeReaders: MessageReaders<CodeMessage> = {
  copy: { text },
  useCode: { action: oneOf(['insert', 'newFile', 'terminal']), text, language: text },
  applyCode: { text, info: text, lineBefore: text },
};
