import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { EarlyPage } from './host/places/chatShell.ts';
import { showError } from './host/show.ts';
import type { Host } from './host/startHost.ts';
import { chatTabType, chatViewId, usagePanelType } from './host/places/surfaceIds.ts';
import { commandIds } from './shared/commandIds.ts';

/** Milliseconds after which the host starts though nothing has asked for it. */
const idleMs = 200;

/** Milliseconds that a page takes to leave this process, which evaluating the host would hold up: it is compressed. */
const pageMs = 15;

let starting: Promise<Host> | undefined;

/**
 * Registers what the editor may ask for. The host, which does all of it, is a bundle of its own: to evaluate it takes
 * many times as long as this, and it is loaded while the chat's page does.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  const start = (): Promise<Host> => {
    starting ??= load(context).catch((error: unknown) => {
      // The next one who asks tries again.
      starting = undefined;
      throw error;
    });
    return starting;
  };
  /** The page goes out first. */
  const startBehindPage = async (): Promise<Host> => {
    await sleep(pageMs);
    return start();
  };
  const idle = setTimeout(() => void start().catch(reportFailure), idleMs);

  subscriptions.push(
    { dispose: () => clearTimeout(idle) },
    ...commandIds.map(command =>
      vscode.commands.registerCommand(command, async (...args: unknown[]) => (await start()).run(command, args)),
    ),
    vscode.window.registerWebviewViewProvider(chatViewId, {
      // Nothing is returned: the editor would show progress until the host is there.
      resolveWebviewView: view => {
        const page = new EarlyPage(view, extensionUri);
        void startBehindPage().then(({ places }) => {
          if (!page.isClosed) places.view.take(view, page);
        }, reportFailure);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(chatTabType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const page = new EarlyPage(panel, extensionUri);
        const { places } = await startBehindPage();
        if (!page.isClosed) await places.restore(panel, state, page);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(usagePanelType, {
      deserializeWebviewPanel: async panel => (await start()).usage.restore(panel),
    }),
  );
}

/** The editor waits for what this returns, and disposes of what is registered meanwhile. */
export async function deactivate(): Promise<void> {
  const host = await starting?.catch(() => undefined);
  await host?.close();
}

async function load(context: vscode.ExtensionContext): Promise<Host> {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const { startHost } = await import('./host.cjs');
  return startHost(context);
}

function reportFailure(error: unknown): void {
  void showError(vscode.l10n.t('Marginalia could not start: {0}', String(error)));
}
