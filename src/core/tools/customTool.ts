import type { Fields } from '../../shared/json.ts';
import type { CallStart } from '../../shared/ranCalls.ts';
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
}

/** A tool of a file, as one that models can call. What it starts is asked about, also where it says that it only reads. */
export function customTool(file: ToolFile, { source, state, run }: CustomToolPorts): AnyTool {
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
      const prepared: PreparedCall = {
        cautions: [],
        ...(start && { start }),
        run: async (signal, progress) => (await run(input, signal, progress)) || '(no output)',
      };
      const call = {
        effect: reads ? 'reads' : 'changes',
        line: { action: 'tool', subject: name },
        permission,
        asksOnce: state === 'once',
        prepare: () => Promise.resolve(prepared),
      } as const;
      return { ok: true, call };
    },
  };
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
