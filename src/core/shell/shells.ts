import { commandFacts } from './commandFacts.ts';
import type { CommandRun, PersistentShell, RunLimits, ShellStart } from './persistentShell.ts';

/** More are a window in which many conversations have been at work: the shell that has rested longest ends then. */
const mostShells = 8;

/** The shells of a window, one a conversation. One is started with the first command, and anew after its end. */
export class Shells {
  readonly #start: () => Promise<ShellStart>;
  /** The one that was used last stands last. */
  readonly #shells = new Map<string, PersistentShell>();
  readonly #running = new Set<string>();
  readonly #changed = new WeakSet<PersistentShell>();

  /** `start` says what a new one begins with. */
  constructor(start: () => Promise<ShellStart>) {
    this.#start = start;
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

  /** Runs a command; one at a time in a conversation. Rejects where no shell can be started. */
  async run(conversationId: string, command: string, limits: RunLimits): Promise<CommandRun> {
    const shell = this.#shellOf(conversationId) ?? (await this.#open(conversationId));
    this.#shells.delete(conversationId);
    this.#shells.set(conversationId, shell);
    this.#running.add(conversationId);
    if (commandFacts(command).changesShell) this.#changed.add(shell);
    try {
      return await shell.run(command, limits);
    } finally {
      this.#running.delete(conversationId);
    }
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
    // Only here: what starts processes takes as long to load as most of the host.
    const [start, { PersistentShell: Started }] = await Promise.all([this.#start(), import('./persistentShell.ts')]);
    const shell = new Started(start);
    this.#shells.set(conversationId, shell);
    const idle = [...this.#shells.keys()].filter(id => !this.#running.has(id) && id !== conversationId);
    const oldest = this.#shells.size > mostShells ? idle[0] : undefined;
    if (oldest !== undefined) await this.end(oldest);
    return shell;
  }
}
