import * as vscode from 'vscode';
import type { BudgetGuard } from '../../core/usage/budgetGuard.ts';
import type { UsageLedger } from '../../core/usage/ledger.ts';
import { dayOf, isTimeZone, ownTimeZone } from '../../core/usage/localDays.ts';
import { daysOf, momentsOf, reportUsage } from '../../core/usage/usageReport.ts';
import type { UsageSpanChoice } from '../../shared/usageReport.ts';
import { parseUsageMessage, type UsageHostMessage, type UsageViewMessage } from '../../shared/protocol/usage.ts';
import { exportUsage } from '../commands/exportUsage.ts';
import { runCommand } from '../runCommand.ts';
import { usagePanelType } from '../places/surfaceIds.ts';
import { webviewPage, webviewPageOptions } from '../places/webviewPage.ts';
import { messageOf } from '../../shared/messageOf.ts';

export interface UsagePanelPorts {
  extensionUri: vscode.Uri;
  ledger: UsageLedger;
  budgets: BudgetGuard;
}

/** Milliseconds over which requests that end are gathered: several may end at once. */
const gatherMs = 300;

/** The tab that shows what requests have cost. Which span it shows is the page's own, and comes back with it. */
export class UsagePanel implements vscode.Disposable {
  readonly #ports: UsagePanelPorts;
  #panel: vscode.WebviewPanel | undefined;
  #shown: { span: UsageSpanChoice; timeZone: string } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: UsagePanelPorts) {
    this.#ports = ports;
  }

  show(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    this.#build(
      vscode.window.createWebviewPanel(
        usagePanelType,
        vscode.l10n.t('Usage'),
        vscode.ViewColumn.Active,
        webviewPageOptions(this.#ports.extensionUri),
      ),
    );
  }

  /** After the window was loaded anew. */
  restore(panel: vscode.WebviewPanel): void {
    panel.webview.options = webviewPageOptions(this.#ports.extensionUri);
    this.#build(panel);
  }

  /** A request has ended, or the budgets are others. */
  changed(): void {
    if (!this.#panel?.visible) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#panel?.dispose();
  }

  #build(panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#ports;
    this.#panel?.dispose();
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseUsageMessage(raw);
      if (message) void this.#take(message);
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.html = webviewPage(panel.webview, extensionUri, {
      title: vscode.l10n.t('Usage'),
      script: 'usage.js',
      styles: ['view.css', 'usage.css'],
      sentence: vscode.l10n.t('Loading…'),
    });
  }

  async #take(message: UsageViewMessage): Promise<void> {
    if (message.type === 'setBudget') {
      await runCommand('marginalia.setBudget');
      return;
    }
    const { span } = message;
    const timeZone = isTimeZone(message.timeZone) ? message.timeZone : ownTimeZone();
    if (message.type === 'show') {
      this.#shown = { span, timeZone };
      this.#ports.budgets.timeZone = timeZone;
      await this.#post();
    } else {
      const days = daysOf(span, dayOf(Date.now(), timeZone));
      await exportUsage(this.#ports.ledger, momentsOf(days, timeZone), `${days.from}-${days.to}`);
    }
  }

  async #post(): Promise<void> {
    const shown = this.#shown;
    if (!this.#panel || !shown) return;
    const report = await this.#report(shown);
    // Another span may have been chosen meanwhile.
    if (shown === this.#shown) void this.#panel.webview.postMessage(report);
  }

  async #report({ span, timeZone }: { span: UsageSpanChoice; timeZone: string }): Promise<UsageHostMessage> {
    const { ledger, budgets } = this.#ports;
    try {
      const options = { now: Date.now(), timeZone, budgets: await budgets.uses() };
      return { type: 'report', report: await reportUsage(ledger, span, options) };
    } catch (error) {
      return { type: 'failed', reason: messageOf(error) };
    }
  }
}
