import * as vscode from 'vscode';
import type { Shells } from '../../core/shell/shells.ts';
import { TypedLine } from '../../core/shell/typedLine.ts';
import { messageOf } from '../../shared/messageOf.ts';

/** A command of the user's own ends when they say so. */
const userTimeoutMs = 24 * 60 * 60 * 1000;

/** Terminals in which the user watches the shell of a conversation, and types into it: one a conversation. */
export class ShellTerminals {
  readonly #shells: Shells;
  readonly #terminals = new Map<string, vscode.Terminal>();

  constructor(shells: Shells) {
    this.#shells = shells;
  }

  show(conversationId: string): void {
    const terminal = this.#terminals.get(conversationId) ?? this.#open(conversationId);
    terminal.show(true);
  }

  dispose(): void {
    for (const terminal of this.#terminals.values()) terminal.dispose();
  }

  #open(conversationId: string): vscode.Terminal {
    const closed = (): void => void this.#terminals.delete(conversationId);
    const pty = new ShellScreen(this.#shells, conversationId, closed);
    const terminal = vscode.window.createTerminal({ name: 'Marginalia', pty, isTransient: true });
    this.#terminals.set(conversationId, terminal);
    return terminal;
  }
}

/** What a conversation's shell shows. A line that is typed runs in it, between the model's commands; Ctrl+C ends what runs. */
class ShellScreen implements vscode.Pseudoterminal {
  readonly #shells: Shells;
  readonly #conversationId: string;
  readonly #closed: () => void;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #typed = new TypedLine();
  #stopListening: () => void = () => undefined;

  readonly onDidWrite = this.#write.event;

  constructor(shells: Shells, conversationId: string, closed: () => void) {
    this.#shells = shells;
    this.#conversationId = conversationId;
    this.#closed = closed;
  }

  open(): void {
    const record = this.#shells.record(this.#conversationId);
    const about = vscode.l10n.t(
      'The shell of this conversation. What you type runs in it; Ctrl+C ends what runs. Programs find an empty input.',
    );
    this.#write.fire(`\u001B[2m${about}\u001B[0m\r\n${record.text}`);
    this.#stopListening = record.listen(text => this.#write.fire(text));
  }

  close(): void {
    this.#stopListening();
    this.#write.dispose();
    this.#closed();
  }

  handleInput(input: string): void {
    for (const typed of this.#typed.type(input)) {
      if (typed.kind === 'echo') this.#write.fire(typed.text);
      else if (typed.kind === 'interrupt') this.#shells.interrupt(this.#conversationId);
      else void this.#run(typed.command);
    }
  }

  async #run(command: string): Promise<void> {
    const { signal } = new AbortController();
    try {
      await this.#shells.run(this.#conversationId, command, {
        signal,
        timeoutMs: userTimeoutMs,
        progress: () => undefined,
      });
    } catch (error) {
      this.#write.fire(`${messageOf(error)}\r\n`);
    }
  }
}
