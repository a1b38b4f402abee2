import type { CallCommand, CallDiff, CallLine, CallStart, Caution } from '../../shared/ranCalls.ts';
import type { Fields } from '../../shared/json.ts';
import type { TodoStep } from '../../shared/todo.ts';
import type { ToolParam } from '../messages/wire.ts';
import { type ModelRules, unknownModel } from '../models/modelRules.ts';
import { coercedInput } from './coercedInput.ts';
import { compileSchema } from './inputSchema.ts';
import type { ToolOutput } from './toolOutput.ts';
import type { ToolWorkspace } from './workspace.ts';

/** What is wrong with an input is told to the model, which mends it. */
export type Parsed<Input> = { ok: true; input: Input } | { ok: false; problem: string };

/** A call that could run now. What it does is what it was made for: nothing of that is decided later. */
export interface PreparedCall {
  cautions: readonly Caution[];
  /** Of one that changes a file. */
  diff?: CallDiff;
  /** Of one that changes a file: the same without these hunks of `diff`, by their indexes. At least one is taken. */
  leaving?: (left: ReadonlySet<number>) => Pick<PreparedCall, 'diff' | 'run'>;
  /** Of one that gives a command to a shell. */
  command?: CallCommand;
  /** Of one that starts what a tool file names. */
  start?: CallStart;
  /** Of one that lists the steps of a task. */
  todo?: TodoStep[];
  /** What the files hold that decide what it does: what the user has allowed for the conversation counts for this alone. */
  pins?: string;
  /** It starts what may change any file of the workspace; see ToolWorkspace.aroundProgram. */
  startsProgram?: true;
  /** What the user's rules say of it; absent where they say nothing. */
  ruling?: 'allow' | 'ask' | 'deny';
  /** Makes a rule of `command.rule` or `diff.rule`, which allows it from now on. */
  allowAlways?: () => Promise<void>;
  /**
   * Resolves with what the model is told, or shown; rejects with a ToolError for what went wrong. `progress` takes all that
   * has come so far, for the user to see: as often as there is something new.
   */
  run: (signal: AbortSignal, progress: (output: string) => void) => Promise<string | ToolOutput>;
}

/** Where a call runs. */
export interface CallSite {
  workspace: ToolWorkspace;
  /** What a tool keeps between calls, such as a shell, belongs to one conversation. */
  conversationId: string;
}

/** What a model can call. Each has a file of its own. */
export interface Tool<Input> {
  name: string;
  /** Names that other versions of it have: models call what they were trained on. */
  otherNames?: readonly string[];
  /** As a request offers it to a model of these rules. */
  definition: (rules: ModelRules) => ToolParam;
  parse: (input: Fields) => Parsed<Input>;
  /** `parse` takes more than the schema says, as what was written is worth more than its form: the schema is not checked. */
  takesMore?: true;
  effect: (input: Input) => 'reads' | 'changes';
  line: (input: Input) => CallLine;
  /** Reads what the call needs, and changes nothing. Rejects with a ToolError where it can't be done. */
  prepare: (input: Input, site: CallSite) => Promise<PreparedCall>;
}

/** A call whose input is right, whatever tool it is of. */
export interface ReadCall {
  effect: 'reads' | 'changes';
  line: CallLine;
  /**
   * Of a tool that comes from a file: also where it only reads, the user is asked. What they allow for the conversation
   * counts for this text, which is another one as soon as the file says something else.
   */
  permission?: string;
  /** Whether the user wants to be asked once in a conversation: their word then counts for all of it. */
  asksOnce?: boolean;
  prepare: (site: CallSite) => Promise<PreparedCall>;
}

/** A tool among others: what it takes is its own affair. */
export interface AnyTool extends Pick<Tool<never>, 'name' | 'otherNames' | 'definition'> {
  /** Its results are typed by the user: it never runs. */
  isByHand?: true;
  read: (input: Fields) => { ok: true; call: ReadCall } | { ok: false; problem: string };
}

export function amongOthers<Input>(tool: Tool<Input>): AnyTool {
  const { name, otherNames = [], definition } = tool;
  const problemsOf = schemaCheck(definition);
  return {
    name,
    otherNames,
    definition,
    read: fields => {
      const parsed = tool.parse(fields);
      if (!parsed.ok) return parsed;
      const { input } = parsed;
      // Behind what the tool says in the words of its documentation: fields that it doesn't read, or doesn't know.
      const problems = tool.takesMore ? [] : problemsOf(fields);
      if (problems.length > 0) return { ok: false, problem: problems.join(' ') };
      const prepare = (site: CallSite): Promise<PreparedCall> => tool.prepare(input, site);
      return { ok: true, call: { effect: tool.effect(input), line: tool.line(input), prepare } };
    },
  };
}

/** By the schema that models are told which don't know the tool. It is compiled with the first call. */
function schemaCheck(definition: Tool<never>['definition']): (fields: Fields) => string[] {
  let check: ((fields: Fields) => string[]) | undefined;
  const compiled = (): ((fields: Fields) => string[]) => {
    const own = definition(unknownModel);
    const schema = 'input_schema' in own ? own.input_schema : {};
    const result = compileSchema(schema);
    return fields => (result.ok ? result.check(coercedInput(fields, schema)) : []);
  };
  return fields => (check ??= compiled())(fields);
}
