import * as vscode from 'vscode';
import type { UsageSum } from '../../core/usage/ledger.ts';
import type { CommandId } from '../../shared/commandIds.ts';
import type { AnswerState } from '../../shared/conversation.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ConnectionStatus } from '../../shared/protocol/connection.ts';
import type { RunNews } from '../../core/chat/conversations.ts';
import { createStatusBarItem, paragraphs, type StatusBarItem } from '../show.ts';
import { statusText } from './chatStatus.ts';

export interface StatusItemPorts {
  /** The model that would be asked now. */
  model: () => string;
  /** What was used since then, in milliseconds since the epoch. */
  usageSince: (from: number) => Promise<readonly UsageSum[]>;
}

/** The chat in the status bar: what it is doing, and a way there. */
export class StatusItem implements vscode.Disposable {
  readonly #ports: StatusItemPorts;
  readonly #item: StatusBarItem;
  readonly #running = new Map<string, number>();
  #connection: ConnectionStatus | undefined;
  #failure: { conversationId: string; problem: Problem } | undefined;
  /** Read once an answer has ended: the ledger is open by then. */
  #usedToday = '';
  #clock: NodeJS.Timeout | undefined;

  constructor(ports: StatusItemPorts) {
    this.#ports = ports;
    this.#item = createStatusBarItem('marginalia.status', 50);
    this.#item.name = 'Marginalia';
    this.#item.command = 'marginalia.openChat' satisfies CommandId;
    this.#draw();
    this.#item.show();
  }

  connected(connection: ConnectionStatus): void {
    this.#connection = connection;
    this.#draw();
  }

  ran({ session, startedAt, end }: RunNews): void {
    if (!end) this.#running.set(session.id, startedAt);
    else this.#running.delete(session.id);
    const problem = end && problemOf(end);
    this.#failure = problem && { conversationId: session.id, problem };
    if (end) void this.#readUsage();
    this.#draw();
  }

  /** The user looks at this conversation, and sees there what has failed. */
  looked(conversationId: string | undefined): void {
    if (this.#failure?.conversationId !== conversationId) return;
    this.#failure = undefined;
    this.#draw();
  }

  dispose(): void {
    clearInterval(this.#clock);
    this.#item.dispose();
  }

  #draw(): void {
    const { sentence } = this.#write();
    const model = vscode.l10n.t('Model: {0}', this.#ports.model());
    this.#item.tooltip = paragraphs(...[sentence, model, this.#usedToday].filter(text => text !== ''));
    this.#item.accessibilityInformation = { label: `Marginalia: ${sentence}`, role: 'button' };
    clearInterval(this.#clock);
    if (this.#running.size > 0) this.#clock = setInterval(() => this.#write(), 1_000);
  }

  #write() {
    const status = {
      connection: this.#connection,
      runningSince: [...this.#running.values()],
      failure: this.#failure?.problem,
    };
    const written = statusText(status, Date.now(), vscode.l10n.t);
    this.#item.text = written.text;
    return written;
  }

  async #readUsage(): Promise<void> {
    const sums = await this.#ports.usageSince(new Date().setHours(0, 0, 0, 0));
    const count = (tokensOf: (sum: UsageSum) => number): string =>
      sums.reduce((total, sum) => total + tokensOf(sum), 0).toLocaleString(vscode.env.language);
    const input = count(sum => sum.inputTokens + sum.cacheReadTokens + sum.cacheWriteTokens);
    const output = count(sum => sum.outputTokens);
    this.#usedToday = vscode.l10n.t('Today: {0} tokens in, {1} out', input, output);
    this.#draw();
  }
}

function problemOf(end: AnswerState): Problem | undefined {
  return end.phase === 'failed' || end.phase === 'truncated' ? end.problem : undefined;
}
