import type { ChildProcess } from 'node:child_process';
import { programStart } from '../process/programStart.ts';
import { ShellOutput } from '../shell/shellOutput.ts';
import { ToolError } from './workspace.ts';

/** A program as it is started: without a shell, or quoted for it (see programStart), so that no argument is more than its letters. */
export interface ProgramStart {
  argv: readonly string[];
  /** Where it runs. */
  folder: string;
  environment: Record<string, string>;
  /** What it reads from its standard input. */
  input: string;
  timeLimitMs: number;
}

/** Milliseconds between two reports of what has come so far. */
const reportMs = 100;

/** How a program has ended. `output` and `errors` are what it has printed, limited from the middle. */
export type ProgramEnd =
  | { kind: 'ended'; code: number | null; by: NodeJS.Signals | null; output: string; errors: string }
  | { kind: 'tookTooLong'; output: string; errors: string }
  /** `message`: the system's words. */
  | { kind: 'notStarted'; message: string };

/**
 * Runs a program to its end and gives what it prints. Rejects with a ToolError where it can't be started, ends with another
 * code than zero, or takes too long; rejects as well once the signal is aborted. The processes that it has started end with it.
 */
export async function runProgram(
  start: ProgramStart,
  signal: AbortSignal,
  progress: (output: string) => void,
): Promise<string> {
  const end = await endOfProgram(start, signal, progress);
  switch (end.kind) {
    case 'notStarted':
      throw new ToolError(`Error: The command could not be started: ${end.message}`);
    case 'tookTooLong':
      throw new ToolError(told(`did not finish within ${start.timeLimitMs / 1_000} seconds`, end));
    case 'ended': {
      const { code, by, output } = end;
      if (code !== 0) throw new ToolError(told(`ended with ${code === null ? by : `exit code ${code}`}`, end));
      return output;
    }
  }
}

/** The same, whatever it comes to; rejects only once the signal is aborted. */
export async function endOfProgram(
  { argv, folder, environment, input, timeLimitMs }: ProgramStart,
  signal: AbortSignal,
  progress: (output: string) => void = () => undefined,
): Promise<ProgramEnd> {
  // Only here: loading what starts processes takes as long as most of the host.
  const [{ spawn }, { endProcesses }, { newFamily }] = await Promise.all([
    import('node:child_process'),
    import('../shell/endProcesses.ts'),
    import('../shell/shellFamily.ts'),
  ]);
  signal.throwIfAborted();
  const [program = '', ...args] = argv;
  const ended = Promise.withResolvers<Exit | { message: string }>();
  const output = new ShellOutput();
  const errors = new ShellOutput();
  const family = newFamily();
  // A group of its own, which can be ended as a whole.
  const start = programStart(program, args);
  const child = spawn(start.file, start.args, {
    ...start.options,
    cwd: folder,
    env: { ...environment, ...family.environment },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.once('error', ({ message }) => ended.resolve({ message }));
  child.once('close', (code, by) => ended.resolve({ code, by }));
  const report = throttled(() => progress(output.text));
  child.stdout.on('data', (bytes: Buffer) => {
    output.append(bytes);
    report.soon();
  });
  child.stderr.on('data', (bytes: Buffer) => errors.append(bytes));
  // It may end without having read it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const end = (): void => void (child.pid !== undefined && endProcesses({ pid: child.pid, mark: family.mark }));
  signal.addEventListener('abort', end, { once: true });
  const limit = new AbortController();
  limit.signal.addEventListener('abort', end);
  const timer = setTimeout(() => limit.abort(), timeLimitMs);
  try {
    // Not the end of its output alone: what it has left running may hold that open.
    const exit = await Promise.race([ended.promise, exited(child)]);
    signal.throwIfAborted();
    if ('message' in exit) return { kind: 'notStarted', ...exit };
    output.end();
    errors.end();
    const printed = { output: output.text, errors: errors.text };
    return limit.signal.aborted ? { kind: 'tookTooLong', ...printed } : { kind: 'ended', ...exit, ...printed };
  } finally {
    clearTimeout(timer);
    report.stop();
    signal.removeEventListener('abort', end);
    end();
  }
}

function told(what: string, { output, errors }: { output: string; errors: string }): string {
  const said = errors.trim() || output.trim();
  return `Error: The command ${what}.${said === '' ? '' : `\n${said}`}`;
}

interface Exit {
  code: number | null;
  by: NodeJS.Signals | null;
}

/** Milliseconds that the output of a program which has ended may still take to arrive. */
const lastOutputMs = 500;

function exited(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => {
    child.once('exit', (code, by) => setTimeout(() => resolve({ code, by }), lastOutputMs).unref());
  });
}

function throttled(work: () => void): { soon: () => void; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, reportMs);
    },
    stop: () => clearTimeout(timer),
  };
}
