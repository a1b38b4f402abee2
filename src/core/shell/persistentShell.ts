import { type ChildProcess, spawn } from 'node:child_process';
import { endProcesses } from './endProcesses.ts';
import { endProgram, programsOf, type RunningProgram } from './runningPrograms.ts';
import { newFamily, type ShellFamily } from './shellFamily.ts';
import { ShellOutput } from './shellOutput.ts';
import type { ShellProgram } from './shellProgram.ts';
import { commandLines, firstLine, type Mark, MarkReader, startScript } from './shellScript.ts';
import { windowsPath } from './windowsPath.ts';

export interface ShellStart {
  program: ShellProgram;
  folder: string;
  environment: Record<string, string>;
  /** Hears of everything that is printed, as it comes, also between commands. */
  printed?: (output: Buffer) => void;
}

export interface RunLimits {
  signal: AbortSignal;
  timeoutMs: number;
  /** All that has come so far, a few times a second. */
  progress: (output: string) => void;
}

/** How a command ended. In all cases but the first the shell has ended with it. */
export type CommandEnd =
  | { kind: 'exited'; code: number }
  | { kind: 'shellEnded'; code: number }
  | { kind: 'tookTooLong' }
  | { kind: 'stopped' };

export interface CommandRun {
  output: string;
  end: CommandEnd;
}

/** Between two tellings of what has come. */
const progressMs = 200;

/**
 * A shell that stays: folder, variables and functions of one command are there for the next. It has its own session
 * without a terminal, so that nothing it runs can ask one for a password.
 */
export class PersistentShell {
  readonly #child: ChildProcess;
  /** Undefined where it could not be started. */
  readonly #family: ShellFamily | undefined;
  readonly #endMark = newMark();
  #marks: MarkReader;
  #output = new ShellOutput();
  #onMark: ((mark: Mark) => void) | undefined;
  #onEnd: ((code: number) => void) | undefined;
  #onOutput: () => void = () => undefined;
  #ended: Promise<void> | undefined;
  #folder: string;
  #interrupt: () => void = () => undefined;
  readonly #isGitBash: boolean;
  readonly #printed: (output: Buffer) => void;

  constructor({ program, folder, environment, printed = () => undefined }: ShellStart) {
    this.#printed = printed;
    const family = newFamily();
    this.#folder = folder;
    this.#isGitBash = program.name === 'Git Bash';
    this.#child = spawn(this.#isGitBash ? program.file : '/bin/sh', startArgs(program, this.#endMark), {
      cwd: folder,
      env: { ...environment, ...family.environment },
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const { pid } = this.#child;
    this.#family = pid === undefined ? undefined : { pid, mark: family.mark };
    this.#marks = new MarkReader([this.#endMark]);
    this.#child.stdout?.on('data', (bytes: Buffer) => this.#read(bytes));
    // What is written to one that has ended is lost: its end is told by other ways.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.on('error', () => this.#hasEnded(127));
    this.#child.on('close', code => this.#hasEnded(code ?? 137));
    this.#child.stdin?.write(firstLine);
  }

  /** Where it stands. */
  get folder(): string {
    return this.#folder;
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Runs one command; one at a time. What the processes in the background have printed since the last comes first. */
  async run(command: string, { signal, timeoutMs, progress }: RunLimits): Promise<CommandRun> {
    if (signal.aborted) return { output: '', end: { kind: 'stopped' } };
    const over = Promise.withResolvers<CommandEnd>();
    const mark = newMark();
    this.#marks = new MarkReader([mark, this.#endMark]);
    this.#onMark = ({ exitCode, folder }) => {
      this.#folder = this.#isGitBash ? windowsPath(folder) : folder;
      over.resolve({ kind: 'exited', code: exitCode });
    };
    this.#onEnd = code => over.resolve({ kind: 'shellEnded', code });
    const deadline = setTimeout(() => over.resolve({ kind: 'tookTooLong' }), timeoutMs);
    const stop = (): void => over.resolve({ kind: 'stopped' });
    signal.addEventListener('abort', stop, { once: true });
    this.#interrupt = stop;
    const telling = this.#tell(progress);
    this.#child.stdin?.write(commandLines(command, mark));
    const end = await over.promise;
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
    telling.stop();
    this.#onMark = undefined;
    this.#onEnd = undefined;
    this.#interrupt = () => undefined;
    if (end.kind !== 'exited') await this.end();
    const output = this.#output;
    output.end();
    this.#output = new ShellOutput();
    return { output: output.text, end };
  }

  /** Stops the command that runs, as its signal would. */
  interrupt(): void {
    this.#interrupt();
  }

  /** What commands have left running; see programsOf. */
  programs(): Promise<RunningProgram[]> {
    return this.#family && !this.hasEnded ? programsOf(this.#family) : Promise.resolve([]);
  }

  /** Ends one of these. */
  async endProgram(pid: number): Promise<void> {
    if (this.#family && !this.hasEnded) await endProgram(this.#family, pid);
  }

  /** Ends it with everything that it has started. */
  end(): Promise<void> {
    this.#ended ??= this.#family ? endProcesses(this.#family) : Promise.resolve();
    return this.#ended;
  }

  #read(bytes: Buffer): void {
    const { output, mark, rest } = this.#marks.read(bytes);
    this.#output.append(output);
    this.#printed(output);
    if (mark?.name === this.#endMark) this.#hasEnded(mark.exitCode);
    else if (mark) this.#onMark?.(mark);
    this.#onOutput();
    if (rest.length > 0) this.#read(rest);
  }

  #hasEnded(code: number): void {
    this.#onEnd?.(code);
    void this.end();
  }

  /** A command that prints without end is not told of more often than one that prints now and then. */
  #tell(progress: RunLimits['progress']): { stop: () => void } {
    let timer: NodeJS.Timeout | undefined;
    this.#onOutput = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        progress(this.#output.text);
      }, progressMs);
    };
    return {
      stop: () => {
        clearTimeout(timer);
        this.#onOutput = () => undefined;
      },
    };
  }
}

/** Nobody can print it who has not seen it. */
function newMark(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

function startArgs({ file, args, name }: ShellProgram, endMark: string): string[] {
  // Git's bash is started as it is, and reads the script of `sh` itself.
  const script = startScript(endMark);
  return name === 'Git Bash' ? [...args, '-c', script, 'bash', file, ...args] : ['-c', script, 'sh', file, ...args];
}
