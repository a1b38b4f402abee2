import type { ChildProcess } from 'node:child_process';
import { ShellOutput } from '../shell/shellOutput.ts';
import { ToolError } from './workspace.ts';

/** A program as it is started: without a shell, so that no argument is more than its letters. */
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

/**
 * Runs a program to its end and gives what it prints. Rejects with a ToolError where it can't be started, ends with another
 * code than zero, or takes too long; rejects as well once the signal is aborted. The processes that it has started end with it.
 */
export async function runProgram(
  { argv, folder, environment, input, timeLimitMs }: ProgramStart,
  signal: AbortSignal,
  progress: (output: string) => void,
): Promise<string> {
  // Only here: loading what starts processes takes as long as most of the host.
  const [{ spawn }, { endProcesses, newFamily }] = await Promise.all([
    import('node:child_process'),
    import('../shell/endProcesses.ts'),
  ]);
  signal.throwIfAborted();
  const [program = '', ...args] = argv;
  const ended = Promise.withResolvers<{ code: number | null; by: NodeJS.Signals | null }>();
  const output = new ShellOutput();
  const errors = new ShellOutput();
  const family = newFamily();
  // A group of its own, which can be ended as a whole.
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...environment, ...family.environment },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.once('error', error =>
    ended.reject(new ToolError(`Error: The command could not be started: ${error.message}`)),
  );
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
    const { code, by } = await Promise.race([ended.promise, exited(child)]);
    signal.throwIfAborted();
    output.end();
    errors.end();
    if (limit.signal.aborted)
      throw new ToolError(told(`did not finish within ${timeLimitMs / 1_000} seconds`, errors, output));
    if (code !== 0) throw new ToolError(told(`ended with ${code === null ? by : `exit code ${code}`}`, errors, output));
    return output.text;
  } finally {
    clearTimeout(timer);
    report.stop();
    signal.removeEventListener('abort', end);
    end();
  }
}

function told(what: string, errors: ShellOutput, output: ShellOutput): string {
  const said = errors.text.trim() || output.text.trim();
  return `Error: The command ${what}.${said === '' ? '' : `\n${said}`}`;
}

/** Milliseconds that the output of a program which has ended may still take to arrive. */
const lastOutputMs = 500;

function exited(child: ChildProcess): Promise<{ code: number | null; by: NodeJS.Signals | null }> {
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
