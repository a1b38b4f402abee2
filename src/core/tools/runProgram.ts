import type { ChildProcess, spawn as Spawn } from 'node:child_process';
import { LimitedText } from './limitedText.ts';
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

/** Characters of what a program prints that are kept. */
const mostOutput = 100_000;
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
  // Only here: loading it takes as long as most of the host.
  const { spawn } = await import('node:child_process');
  signal.throwIfAborted();
  const [program = '', ...args] = argv;
  const ended = Promise.withResolvers<{ code: number | null; by: NodeJS.Signals | null }>();
  const output = new LimitedText(mostOutput);
  const errors = new LimitedText(mostOutput);
  // A group of its own, which can be ended as a whole.
  const child = spawn(program, args, { cwd: folder, env: environment, detached: !isWindows(), windowsHide: true });
  child.once('error', error =>
    ended.reject(new ToolError(`Error: The command could not be started: ${error.message}`)),
  );
  child.once('close', (code, by) => ended.resolve({ code, by }));
  const report = throttled(() => progress(output.text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.add(text);
    report.soon();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.add(text));
  // It may end without having read it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const end = (): void => endAll(child, spawn);
  signal.addEventListener('abort', end, { once: true });
  const limit = new AbortController();
  limit.signal.addEventListener('abort', end);
  const timer = setTimeout(() => limit.abort(), timeLimitMs);
  try {
    // Not the end of its output alone: what it has left running may hold that open.
    const { code, by } = await Promise.race([ended.promise, exited(child)]);
    signal.throwIfAborted();
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

function told(what: string, errors: LimitedText, output: LimitedText): string {
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

/** Ends the program and what it has started. */
function endAll(child: ChildProcess, spawn: typeof Spawn): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (isWindows()) {
    if (child.exitCode === null) spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // None of them is left.
  }
}

function isWindows(): boolean {
  return process.platform === 'win32';
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
