/** The messages between the extension host and the page that tries a tool. */
import type { Fields } from '../json.ts';
import type { CallStart } from '../ranCalls.ts';
import { flag, type MessageReaders, parseMessage, text } from './readers.ts';

/** A tool that can be tried. */
export interface TriedTool {
  name: string;
  description: string;
  schema: Fields;
  start: CallStart;
  /** How many results are recorded. */
  recorded: number;
  /** Whether calls are answered with what is recorded. */
  replays: boolean;
}

export type Trial =
  { phase: 'running'; output: string } | { phase: 'ended'; text: string; isError: boolean; durationMs: number };

export type ToolTrialHostMessage =
  /** Undefined: its file is gone, or can't be used any more. */
  | { type: 'tool'; tool: TriedTool | undefined }
  /** What is wrong with the input that was checked: a JSON pointer and words in each. */
  | { type: 'checked'; json: string; problems: string[] }
  | { type: 'trial'; trial: Trial };

export type ToolTrialViewMessage =
  | { type: 'ready' }
  | { type: 'check'; json: string }
  | { type: 'run'; json: string }
  | { type: 'stop' }
  /** Keeps the last result for its input. */
  | { type: 'record' }
  | { type: 'forget' }
  | { type: 'replay'; replays: boolean };

const readers: MessageReaders<ToolTrialViewMessage> = {
  ready: {},
  check: { json: text },
  run: { json: text },
  stop: {},
  record: {},
  forget: {},
  replay: { replays: flag },
};

/** A message from the page, or undefined where it is none. */
export function parseToolTrialMessage(value: unknown): ToolTrialViewMessage | undefined {
  return parseMessage(readers, value);
}
