import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { ViewLink } from '../../../../src/host/places/viewLink.ts';
import type { Change } from '../../../../src/shared/protocol/changes.ts';
import type { HostMessage } from '../../../../src/shared/protocol/hostMessage.ts';

/** `rest` posts nothing: what the machine does anyway. */
export type Shape = 'gathered' | 'single' | 'rest';

export interface Streamed {
  /** Of the extension host. */
  cpuMs: number;
  bytes: number;
  characters: number;
  messages: number;
}

const deltas = 5_000;
const perSecond = 500;
const text = 'and so it goes on.\n\n'.slice(0, 20);

/** A view that shows text with the product's own store, sent through the product's own link or singly. */
export class Link implements vscode.WebviewViewProvider {
  readonly #script: string;
  #view: vscode.WebviewView | undefined;
  #ready: () => void = () => undefined;

  constructor(script: string) {
    this.#script = script;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.webview.options = { enableScripts: true };
    view.webview.onDidReceiveMessage(() => this.#ready());
    this.#build(view);
  }

  #build(view: vscode.WebviewView): void {
    const script = readFileSync(this.#script, 'utf8').replaceAll('</', '<\\/');
    view.webview.html = `<pre id="text" style="white-space: pre-wrap"></pre><script>${script}</script><!-- ${Date.now()} -->`;
  }

  /** Sends 5,000 deltas of 20 characters at 500 a second to a fresh page. */
  async stream(shape: Shape): Promise<Streamed> {
    const view = this.#view;
    if (!view) throw new Error('The view is not open.');
    const isReady = new Promise<void>(resolve => (this.#ready = resolve));
    this.#build(view);
    await isReady;
    const link = new ViewLink();
    const sent = { bytes: 0, characters: 0, messages: 0 };
    let revision = 0;
    const post = (message: HostMessage): void => {
      sent.bytes += JSON.stringify(message).length;
      sent.messages++;
      void view.webview.postMessage(message);
    };
    link.connect(post);
    link.snapshot(state());
    const change = (each: Change): void => {
      if (shape === 'gathered') link.change('c', each);
      else post({ type: 'change', conversationId: 'c', revision: ++revision, change: each });
    };
    await new Promise(resolve => setTimeout(resolve, 500));
    Object.assign(sent, { bytes: 0, characters: 0, messages: 0 });
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await new Promise<void>(resolve => {
      let done = 0;
      const timer = setInterval(() => {
        const due = Math.min(deltas, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond));
        for (; done < due; done++) {
          if (shape === 'rest') continue;
          change({ type: 'delta', turnId, index: 0, offset: sent.characters, text });
          sent.characters += text.length;
        }
        if (done < deltas) return;
        clearInterval(timer);
        resolve();
      }, 2);
    });
    await new Promise(resolve => setTimeout(resolve, 200));
    const { user, system } = process.cpuUsage(before);
    return { cpuMs: (user + system) / 1_000, ...sent };
  }
}

const turnId = '8a7e9c1e-6c39-4c07-9a36-0f8d5d2f0a11';

function state() {
  const turn = {
    id: turnId,
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    blocks: [{ type: 'text', text: '' }],
    state: { phase: 'streaming' },
  } as const;
  return {
    conversation: {
      id: 'c',
      title: '',
      parameters: {},
      siblings: {},
      turns: [{ ...turn, blocks: [{ type: 'text' as const, text: '' }] }],
    },
    connection: { origin: '', model: 'm', key: 'stored' as const },
    draft: '',
    attachments: [],
    queue: [],
  };
}
