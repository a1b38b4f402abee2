import type { Fields } from '../../shared/json.ts';
import type { CallStart } from '../../shared/ranCalls.ts';
import type { PinnedFiles } from '../process/pinnedFiles.ts';
import type { RecordedResult } from './recordings.ts';
import type { ToolState } from '../../shared/toolState.ts';
import type { AnyTool, PreparedCall } from './tool.ts';
import type { ToolFile } from './toolFile.ts';
import { ToolError } from './workspace.ts';

/** Does what a tool file says; rejects with a ToolError for what went wrong. */
export type RunTool = (input: Fields, signal: AbortSignal, progress: (output: string) => void) => Promise<string>;

export interface CustomToolPorts {
  /** The file, as it is shown. */
  source: string;
  state: Exclude<ToolState, 'off'>;
  run: RunTool;
  /** The files that a command starts from. */
  pins?: () => Promise<PinnedFiles>;
  /** Where given, calls are answered with what this finds for their input, and nothing runs. */
  recorded?: (input: Fields) => RecordedResult | undefined;
}

/** A tool of a file, as one that models can call. What it starts is asked about, also where it says that it only reads. */
export function customTool(file: ToolFile, { source, state, run, pins, recorded }: CustomToolPorts): AnyTool {
  const { name, description, inputSchema, check, reads, way, timeLimitMs } = file;
  const permission = JSON.stringify([source, name, description, inputSchema, reads, way, timeLimitMs]);
  const start = startOf(file, source);
  return {
    name,
    definition: () => ({ name, description, input_schema: inputSchema }),
    ...(way.kind === 'byHand' && { isByHand: true }),
    read: input => {
      const problem = check(input).join('\n');
      if (problem !== '') return { ok: false, problem };
      const line = { action: 'tool', subject: name } as const;
      if (recorded) {
        // Nothing is started and only what the user has kept is told: there is nothing to ask about.
        const prepare = (): Promise<PreparedCall> => Promise.resolve(replayed(recorded(input)));
        return { ok: true, call: { effect: 'reads', line, prepare } };
      }
      const prepared: PreparedCall = {
        cautions: [],
        ...(start && { start, startsProgram: true }),
        run: async (signal, progress) => (await run(input, signal, progress)) || '(no output)',
      };
      const call = {
        effect: reads ? 'reads' : 'changes',
        line,
        permission,
        asksOnce: state === 'once',
        prepare: async () => (pins ? withPins(prepared, await pins()) : prepared),
      } as const;
      return { ok: true, call };
    },
  };
}

function withPins(prepared: PreparedCall, pinned: PinnedFiles): PreparedCall {
  const { start } = prepared;
  return {
    ...prepared,
    pins: JSON.stringify(pinned),
    ...(start && pinned.isCut && { start: { ...start, importsMore: true } }),
  };
}

function replayed(result: RecordedResult | undefined): PreparedCall {
  const run = (): Promise<string> => {
    if (!result) return Promise.reject(new ToolError('Error: No result is recorded for this input.'));
    return result.isError ? Promise.reject(new ToolError(result.text)) : Promise.resolve(result.text);
  };
  return { cautions: [], run };
}

/** What a call of the file starts; undefined where its results are typed by hand. */
export function startOf({ way }: ToolFile, source: string): CallStart | undefined {
  switch (way.kind) {
    case 'command':
      return { kind: 'command', words: way.argv, source };
    case 'task':
      return { kind: 'task', words: [way.name], source };
    case 'editorCommand':
      return { kind: 'editorCommand', words: [way.id], source };
    case 'byHand':
      return undefined;
  }
}

/** The most of what an editor's command gives back, in characters. */
const mostValue = 100_000;

/** What an editor's command has given back, as text. Throws a ToolError where that is too much. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : jsonOf(value);
  if (text.length > mostValue) throw new ToolError(`Error: The command has given back ${text.length} characters.`);
  return text;
}

function jsonOf(value: unknown): string {
  try {
    // Of a function, for one, there is no JSON.
    const json = JSON.stringify(value, undefined, 2) as string | undefined;
    return json ?? typeof value;
  } catch {
    // Such as an object that holds itself.
    return 'The command has given back something that can’t be written as text.';
  }
}
