import * as vscode from 'vscode';
import { failureOf } from '../../core/mcp/connection.ts';
import type { Server } from '../../core/mcp/server.ts';
import { oneLine } from '../../core/mcp/serverPrompt.ts';
import type { OwnClient, SignInMemory } from '../../core/mcp/signIns.ts';
import { askForText, showDone, showProgress, showWarning } from '../show.ts';
import { redirectHere } from './redirectHere.ts';

/** Milliseconds that the user has for the page. */
const signInLimitMs = 300_000;

/** Signs in to a server in the user's browser. False where they have turned back, or it failed, which is said. */
export async function signInToServer(server: Server, memory: SignInMemory): Promise<boolean> {
  const { t } = vscode.l10n;
  const { name } = server.found;
  const title = t('Sign in to the MCP server “{0}” in your browser…', name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const redirect = await redirectHere();
    try {
      const url = await server.address();
      if (url === undefined) return false;
      // A bundle of its own beside extension.cjs; see esbuild.mjs.
      const { signIn } = await import('./mcp.cjs');
      const isDone = await signIn(url, {
        memory,
        // The editor replaces it while it starts, so it is looked up when it is used.
        fetch: (input, init) => fetch(input, init),
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(signInLimitMs)]),
        redirectUrl: redirect.url,
        state: redirect.state,
        open,
        comesBack: redirect.comesBack,
        ownClient: origin => askForClient(origin, redirect.url),
      });
      if (isDone) showDone(t('Signed in to the MCP server “{0}”.', name));
      return isDone;
    } catch (error) {
      const reason = oneLine(failureOf(error).detail);
      if (!stop.signal.aborted) void showWarning(t('Signing in to the MCP server “{0}” failed: {1}', name, reason));
      return false;
    } finally {
      redirect.dispose();
    }
  });
}

/**
 * As a text, which the editor takes as it is: in its own form of addresses, what is escaped within a query, such as the `&` of a redirect
 * URL, would be lost.
 */
async function open(page: URL): Promise<boolean> {
  return vscode.env.openExternal(page.href as unknown as vscode.Uri);
}

async function askForClient(origin: string, redirectUrl: string): Promise<OwnClient | undefined> {
  const { t } = vscode.l10n;
  const title = t('Client for {0}', origin);
  const id = await askForText({
    title,
    prompt: t(
      'Nobody is registered there by itself. Register a client with the redirect URL {0}, and enter its id.',
      redirectUrl,
    ),
    ignoreFocusOut: true,
    validateInput: value => (value.trim() === '' ? t('The prompt needs this.') : undefined),
  });
  if (id === undefined) return undefined;
  const secret = await askForText({
    title,
    prompt: t('Its secret; leave it empty where it has none'),
    password: true,
    ignoreFocusOut: true,
  });
  return secret === undefined ? undefined : { id: id.trim(), secret: secret.trim() };
}
