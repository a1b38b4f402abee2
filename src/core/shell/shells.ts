import type { commandFacts } from './commandFacts.ts';
import type { CommandRun, PersistentShell, RunLimits, ShellStart } from './persistentShell.ts';
import type { RunningProgram } from './runningPrograms.ts';
import { ShellRecord } from './shellRecord.ts';

/** What starts processes and parses commands takes as long to load as most of the host. */
export interface ShellCode {
  PersistentShell: typeof PersistentShell;
  commandFacts: typeof commandFacts;
}

/** A command that has run, with what it has left running, and what earlier ones had and has ended since. */
export interface ShellRun extends CommandRun {
  left: readonly RunningProgram[];
  ended: readonly RunningProgram[];
}

/** More are a window in which many conversations have been at work: the shell that has rested longest ends then. */
const mostShells = 8;

/** The shells of a window, one a conversation. One is started with the first command, and anew after its end. */
export class Shells {
  readonly #start: () => Promise<ShellStart>;
  readonly #load: () => Promise<ShellCode>;
  /** The one that was used last stands last. */
  readonly #shells = new Map<string, PersistentShell>();
  /** What each conversation runs, and what waits behind it. */
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #records = new Map<string, ShellRecord>();
  readonly #changed = new WeakSet<PersistentShell>();
  /** What ran in the background after the last command. */
  readonly #programs = new WeakMap<PersistentShell, readonly RunningProgram[]>();

  /** `start` says what a new one begins with; `load` brings what is needed with the first command. */
  constructor(start: () => Promise<ShellStart>, load: () => Promise<ShellCode>) {
    this.#start = start;
    this.#load = load;
  }

  /** Where the next command of the conversation will run. Rejects as `start` does. */
  async folder(conversationId: string): Promise<string> {
    return this.#shellOf(conversationId)?.folder ?? (await this.#start()).folder;
  }

  /** Whether names may mean something else in the conversation's shell than they do in a new one. */
  hasChanged(conversationId: string): boolean {
    const shell = this.#shellOf(conversationId);
    return shell !== undefined && this.#changed.has(shell);
  }

  /** What has happened in the conversation's shells since the window was opened. */
  record(conversationId: string): ShellRecord {
    const record = this.#records.get(conversationId) ?? new ShellRecord();
    this.#records.set(conversationId, record);
    return record;
  }

  /** Runs a command, once those before it in the conversation have ended. Rejects where no shell can be started. */
  run(conversationId: string, command: string, limits: RunLimits): Promise<ShellRun> {
    const before = this.#running.get(conversationId) ?? Promise.resolve();
    const run = before.catch(() => undefined).then(() => this.#runNow(conversationId, command, limits));
    const over = run
      .catch(() => undefined)
      .finally(() => {
        if (this.#running.get(conversationId) === over) this.#running.delete(conversationId);
      });
    this.#running.set(conversationId, over);
    return run;
  }

  /** Stops the command that runs in the conversation. */
  interrupt(conversationId: string): void {
    this.#shells.get(conversationId)?.interrupt();
  }

  async #runNow(conversationId: string, command: string, limits: RunLimits): Promise<ShellRun> {
    const { commandFacts } = await this.#load();
    const shell = this.#shellOf(conversationId) ?? (await this.#open(conversationId));
    this.#shells.delete(conversationId);
    this.#shells.set(conversationId, shell);
    if (commandFacts(command).changesShell) this.#changed.add(shell);
    const record = this.record(conversationId);
    record.command(command);
    const ran = await shell.run(command, limits);
    if (ran.end.kind !== 'exited') {
      record.note('(The shell has ended.)');
      return { ...ran, left: [], ended: [] };
    }
    const before = this.#programs.get(shell) ?? [];
    const now = await shell.programs();
    this.#programs.set(shell, now);
    return { ...ran, left: without(now, before), ended: without(before, now) };
  }

  /** What runs in the background of all conversations. */
  async programs(): Promise<(RunningProgram & { conversationId: string })[]> {
    const all = await Promise.all(
      [...this.#shells].map(async ([conversationId, shell]) => {
        // What a command that runs has started is its own.
        const programs = this.#running.has(conversationId) ? [] : await shell.programs();
        return programs.map(program => ({ ...program, conversationId }));
      }),
    );
    return all.flat();
  }

  /** Ends one of these with what it has started. */
  async endProgram({ conversationId, pid }: { conversationId: string; pid: number }): Promise<void> {
    await this.#shells.get(conversationId)?.endProgram(pid);
  }

  /** Ends the shell of a conversation with all that runs there. The next command has a new one. */
  async end(conversationId: string): Promise<void> {
    const shell = this.#shells.get(conversationId);
    this.#shells.delete(conversationId);
    await shell?.end();
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#shells.keys()].map(id => this.end(id)));
  }

  #shellOf(conversationId: string): PersistentShell | undefined {
    const shell = this.#shells.get(conversationId);
    return shell?.hasEnded === true ? undefined : shell;
  }

  async #open(conversationId: string): Promise<PersistentShell> {
    const [start, { PersistentShell: Started }] = await Promise.all([this.#start(), this.#load()]);
    const shell = new Started({ ...start, printed: bytes => this.record(conversationId).output(bytes) });
    this.#shells.set(conversationId, shell);
    const idle = [...this.#shells.keys()].filter(id => !this.#running.has(id) && id !== conversationId);
    const oldest = this.#shells.size > mostShells ? idle[0] : undefined;
    if (oldest !== undefined) await this.end(oldest);
    return shell;
  }
}

function without(programs: readonly RunningProgram[], others: readonly RunningProgram[]): RunningProgram[] {
  return programs.filter(({ pid, command }) => !others.some(other => other.pid === pid && other.command === command));
}
