import * as vscode from 'vscode';
import { startOf } from '../../core/tools/customTool.ts';
import { longestRecorded } from '../../core/tools/recordings.ts';
import type { ListedTool } from '../../core/tools/toolList.ts';
import type { Fields } from '../../shared/json.ts';
import { messageOf } from '../../shared/messageOf.ts';
import {
  parseToolTrialMessage,
  type ToolTrialHostMessage,
  type ToolTrialViewMessage,
  type TriedTool,
} from '../../shared/protocol/toolTrial.ts';
import { parseToolInput } from '../../shared/toolCalls.ts';
import { webviewPage, webviewPageOptions } from '../places/webviewPage.ts';
import { showWarning } from '../show.ts';
import type { CustomTools } from '../tools/customTools.ts';
import type { ToolFileOnDisk } from '../tools/toolFiles.ts';

type Tried = ListedTool<ToolFileOnDisk> & { ok: true };

/** The tab that tries one tool: a form of its schema, and what a run brings, without a model. */
export class ToolTrial implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #tools: CustomTools;
  #panel: vscode.WebviewPanel | undefined;
  /** The file that is tried. */
  #source = '';
  /** What the page shows of it: only that is run. */
  #seen = '';
  /** Ends what runs. */
  #running = new AbortController();
  #last: { input: Fields; text: string; isError: boolean } | undefined;

  constructor(extensionUri: vscode.Uri, tools: CustomTools) {
    this.#extensionUri = extensionUri;
    this.#tools = tools;
  }

  show(source: string): void {
    if (this.#panel && this.#source === source) {
      this.#panel.reveal();
      void this.#take({ type: 'ready' });
      return;
    }
    this.#source = source;
    this.#panel?.dispose();
    const title = vscode.l10n.t('Try a Tool');
    const options = webviewPageOptions(this.#extensionUri);
    const panel = vscode.window.createWebviewPanel('marginalia.toolTrial', title, vscode.ViewColumn.Active, options);
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseToolTrialMessage(raw);
      if (message) void this.#take(message);
    });
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#running.abort();
    });
    panel.webview.html = webviewPage(panel.webview, this.#extensionUri, {
      title,
      script: 'toolTrial.js',
      styles: ['view.css', 'toolTrial.css'],
      sentence: vscode.l10n.t('Loading…'),
    });
  }

  dispose(): void {
    this.#running.abort();
    this.#panel?.dispose();
  }

  async #take(message: ToolTrialViewMessage): Promise<void> {
    if (message.type === 'stop') {
      this.#running.abort();
      return;
    }
    const tried = await this.#find();
    const { recordings } = this.#tools;
    switch (message.type) {
      case 'check':
        if (seenOf(tried) !== this.#seen) break;
        this.#post({ type: 'checked', json: message.json, problems: problemsOf(tried, message.json) });
        return;
      case 'run':
        // The file has changed: what it says now is shown first.
        if (!tried || seenOf(tried) !== this.#seen) break;
        await this.#run(tried, message.json);
        return;
      case 'record':
        if (tried && this.#last) await this.#record(tried, this.#last);
        break;
      case 'forget':
        if (tried) await recordings.forget(tried.file);
        break;
      case 'replay':
        if (tried) await recordings.setReplays(tried.file, message.replays);
        break;
      case 'ready':
        break;
    }
    this.#seen = seenOf(tried);
    this.#post({ type: 'tool', tool: tried && this.#shown(tried) });
  }

  /** The button is the user's word, and the form shows what it starts. */
  async #run(tried: Tried, json: string): Promise<void> {
    const input = parseToolInput(json);
    if (!input || !vscode.workspace.isTrusted || tried.tool.check(input).length > 0) return;
    this.#running.abort();
    const running = (this.#running = new AbortController());
    const startedAt = performance.now();
    this.#last = undefined;
    this.#post({ type: 'trial', trial: { phase: 'running', output: '' } });
    const progress = (output: string): void => this.#post({ type: 'trial', trial: { phase: 'running', output } });
    const result = await this.#tools
      .runOf(tried)(input, running.signal, progress)
      .then(
        text => ({ text, isError: false }),
        (error: unknown) => ({
          text: running.signal.aborted ? vscode.l10n.t('Stopped.') : messageOf(error),
          isError: true,
        }),
      );
    if (running !== this.#running) return;
    if (!running.signal.aborted) this.#last = { input, ...result };
    this.#post({ type: 'trial', trial: { phase: 'ended', ...result, durationMs: performance.now() - startedAt } });
  }

  async #record(
    { file }: Tried,
    { input, text, isError }: { input: Fields; text: string; isError: boolean },
  ): Promise<void> {
    if (text.length <= longestRecorded) await this.#tools.recordings.add(file, input, { text, isError });
    else void showWarning(vscode.l10n.t('Results of more than {0} characters can’t be recorded.', longestRecorded));
  }

  async #find(): Promise<Tried | undefined> {
    const listed = await this.#tools.list();
    return listed.find((one): one is Tried => one.ok && one.file.source === this.#source);
  }

  #shown(tried: Tried): TriedTool | undefined {
    const { file, tool } = tried;
    const start = startOf(tool, file.source);
    return (
      start && {
        name: tool.name,
        description: tool.description,
        schema: tool.inputSchema,
        start,
        recorded: Object.keys(this.#tools.recordings.of(file)).length,
        replays: this.#tools.replays(tried),
      }
    );
  }

  #post(message: ToolTrialHostMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}

function seenOf(tried: Tried | undefined): string {
  return tried ? JSON.stringify({ ...tried.tool, source: tried.file.source }) : '';
}

function problemsOf(tried: Tried | undefined, json: string): string[] {
  const input = parseToolInput(json);
  return tried && input ? tried.tool.check(input, vscode.l10n.t) : [];
}
