import type { Fields } from '../../shared/json.ts';
import { visible } from '../../shared/visible.ts';
import type { CustomTool, ToolParam } from '../messages/wire.ts';
import type { ModelRules } from '../models/modelRules.ts';
import { asksForInput } from '../shell/asksForInput.ts';
import type { RunningProgram } from '../shell/runningPrograms.ts';
import type { Shells } from '../shell/shells.ts';
import { InputReader } from './inputReader.ts';
import type { Judgement, Surroundings } from './judgeCommand.ts';
import type { CallSite, Parsed, PreparedCall, Tool } from './tool.ts';
import type { ToolOutput } from './toolOutput.ts';
import { ToolError, type ToolWorkspace } from './workspace.ts';

export interface BashPorts {
  shells: Pick<Shells, 'folder' | 'hasChanged' | 'run' | 'end'>;
  timeoutMs: () => number;
  /** What a command would do, and what the user's rules say of it: those that count in this workspace. */
  judge: (command: string, surroundings: Omit<Surroundings, 'rules' | 'changedSince'>) => Promise<Judgement>;
  /** The user has allowed such commands once more; see DecidingFiles. */
  allowed: (changedFor: string) => Promise<void>;
  /** Adds a rule of the user's that allows such commands in this workspace. */
  allow: (rule: string) => Promise<void>;
}

type BashInput = { command: string } | { restart: true };

/** Characters: more is no command that anybody could look at. */
const longestCommand = 50_000;

/** The service's own shell: commands in a shell of the conversation's, which stays between calls. */
export function createBash(ports: BashPorts): Tool<BashInput> {
  return {
    name: ownDefinition.name,
    definition,
    parse,
    effect: () => 'changes',
    line: input =>
      'restart' in input ? { action: 'restart', subject: '' } : { action: 'run', subject: firstLine(input.command) },
    prepare: (input, site) => ('restart' in input ? prepareRestart(ports, site) : prepareCommand(input, ports, site)),
  };
}

/** What models that do not know the service's tool are told of it. */
const ownDefinition: CustomTool = {
  name: 'bash',
  description:
    'Runs a command in a bash shell that stays: its folder, variables and functions are there for the next call. It begins in the root of the workspace. Standard input is empty and there is no terminal: give answers on the command line. End a process that keeps running with `&`. `restart` begins a new shell.',
  input_schema: {
    type: 'object',
    properties: {
      command: { type: 'string', description: 'What is run.' },
      restart: { type: 'boolean', description: 'True: ends the shell with all that runs in it, and begins a new one.' },
    },
    additionalProperties: false,
  },
};

function definition(rules: ModelRules): ToolParam {
  switch (rules.toolVersions.bash) {
    case 'bash_20241022':
      return { type: 'bash_20241022', name: 'bash' };
    case 'bash_20250124':
      return { type: 'bash_20250124', name: 'bash' };
    default:
      return ownDefinition;
  }
}

function parse(fields: Fields): Parsed<BashInput> {
  const { restart } = fields;
  // Some relays give it as a text.
  if (restart === true || restart === 'true') return { ok: true, input: { restart: true } };
  const reader = new InputReader(fields);
  const command = reader.text('command');
  if (command.includes('\0')) reader.problems.push('`command` holds a NUL character.');
  if (command.length > longestCommand) reader.problems.push(`\`command\` is longer than ${longestCommand} characters.`);
  return reader.problems.length === 0
    ? { ok: true, input: { command } }
    : { ok: false, problem: reader.problems.join(' ') };
}

function firstLine(command: string): string {
  const [first = '', ...others] = command.trim().split('\n');
  return others.length > 0 ? `${first} …` : first;
}

async function prepareRestart({ shells }: BashPorts, { conversationId }: CallSite): Promise<PreparedCall> {
  const folder = await shells.folder(conversationId);
  const run = async (): Promise<string> => {
    await shells.end(conversationId);
    return 'The tool has been restarted.';
  };
  return { cautions: [], command: { text: '', folder }, run };
}

async function prepareCommand(
  { command }: { command: string },
  { shells, timeoutMs, judge, allow, allowed }: BashPorts,
  { conversationId, workspace }: CallSite,
): Promise<PreparedCall> {
  const folder = await shells.folder(conversationId);
  const hasChanged = shells.hasChanged(conversationId);
  const { cautions, ruling, rule, changedFor } = await judge(command, {
    folder,
    hasChanged,
    isInside: path => isWithin(path, workspace),
  });
  const run: PreparedCall['run'] = async (signal, progress) => {
    // It has been asked about.
    if (changedFor !== undefined) await allowed(changedFor);
    const limits = { signal, timeoutMs: timeoutMs(), progress };
    const { output, end, left, ended } = await shells.run(conversationId, command, limits);
    const anew = 'The next command runs in a new shell, in the root of the workspace.';
    switch (end.kind) {
      case 'exited':
        return {
          ...outcome(output, end.code, [
            ...(end.code === 0 ? [] : [`(Exit code ${end.code}.)`]),
            ...left.map(program => `(Still runs in the background: ${named(program)}.)`),
            ...ended.map(program => `(Has ended in the background: ${named(program)}.)`),
          ]),
          ...(left.length > 0 && { leftRunning: left.length }),
        };
      case 'shellEnded':
        return outcome(output, end.code, [`(This has ended the shell, with exit code ${end.code}. ${anew})`]);
      case 'tookTooLong': {
        const seconds = Math.round(limits.timeoutMs / 1000);
        throw new ToolError(
          withNotes(`Error: command did not finish within ${seconds} seconds, and was ended. ${anew}`, output),
        );
      }
      case 'stopped':
        throw new ToolError(withNotes(`Error: The user stopped the command. ${anew}`, output));
    }
  };
  return {
    startsProgram: true,
    cautions,
    command: { text: command, folder, ...(rule !== undefined && { rule }) },
    ...(ruling && { ruling }),
    ...(rule !== undefined && { allowAlways: () => allow(rule) }),
    run,
  };
}

function outcome(output: string, exitCode: number, notes: readonly string[]): ToolOutput {
  const hint = asksForInput(output)
    ? ['(If it asks for something: standard input is empty. Give the answer on the command line.)']
    : [];
  const all = exitCode === 0 ? notes : [...notes, ...hint];
  // Nothing at all is no result that the service takes.
  return { text: withNotes(output, ...all) || '(no output)', exitCode };
}

function named({ command, pid }: RunningProgram): string {
  return `${visible(command)}, process ${pid}`;
}

/** Each in a line of its own. */
function withNotes(...parts: readonly string[]): string {
  return parts
    .filter(part => part !== '')
    .map(part => part.replace(/\n+$/, ''))
    .join('\n');
}

async function isWithin(path: string, workspace: Pick<ToolWorkspace, 'locate'>): Promise<boolean> {
  try {
    await workspace.locate(path);
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}
