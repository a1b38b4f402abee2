import type { CodeColours } from '../codeColours.ts';
import { type ViewCommand, viewCommands } from '../viewCommands.ts';
import type { ViewSettings } from '../viewSettings.ts';
import { flag, type MessageReaders, oneOf, text } from './readers.ts';

/** How the page's start gets on. */
export type StartMessage =
  /** The view's script runs: answer with a snapshot. Also sent when a change does not fit. */
  | { type: 'ready' }
  /** The view's script, or a part that it needs, can't be loaded or run; from the page itself, instead of `ready`, or later. */
  | { type: 'scriptFailed' }
  /** The view's script runs, and found the snapshot that was posted before it did. */
  | { type: 'started' }
  /** A snapshot is seen. */
  | { type: 'drawn' };

/** What the user does around the conversation. */
export type PageMessage =
  /** Where the user is, by its IANA name: the host may run elsewhere. */
  | { type: 'timeZone'; name: string }
  /** Whether the keyboard is in the view. */
  | { type: 'focus'; isFocused: boolean }
  | { type: 'command'; command: ViewCommand };

export const pageReaders: MessageReaders<StartMessage | PageMessage> = {
  ready: {},
  scriptFailed: {},
  started: {},
  drawn: {},
  timeZone: { name: text },
  focus: { isFocused: flag },
  command: { command: oneOf(viewCommands) },
};

export type PageHostMessage =
  /** The user asked for the chat by a command: put the caret into the composer. */
  | { type: 'focusComposer' }
  /** A command asked for the search in the conversation. */
  | { type: 'find' }
  /** Before the first snapshot, and at every change. */
  | { type: 'settings'; settings: ViewSettings }
  /** What colours the user's theme has for code; sent before a snapshot, and when they change. */
  | { type: 'codeColours'; colours: CodeColours };
