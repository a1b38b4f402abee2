import * as vscode from 'vscode';
import { listenForRedirect } from '../../core/mcp/redirectListener.ts';

/** Always the same where it is free, so that a client can be registered for it by hand. */
const port = 33_427;
const path = '/mcp-sign-in';

/** A place for the browser to come back to, which takes what brings `state`. */
export interface RedirectHere extends vscode.Disposable {
  /** As the browser reaches it. */
  url: string;
  state: string;
  /** Also resolves with what has come before it was asked. */
  comesBack: (signal: AbortSignal) => Promise<URLSearchParams>;
}

/**
 * The loopback address, as authorization servers take it from programs on a desktop; the editor forwards it to where the extension
 * runs. An editor in a browser has no such address: there it is the editor's own, which hands on what comes to a handler.
 */
export async function redirectHere(): Promise<RedirectHere> {
  const state = crypto.randomUUID();
  return vscode.env.uiKind === vscode.UIKind.Web ? throughEditor(state) : overLoopback(state);
}

async function overLoopback(state: string): Promise<RedirectHere> {
  const text = vscode.l10n.t('You have signed in. This page can be closed.');
  const { url, comesBack, close } = await listenForRedirect(port, state, text);
  const reached = await vscode.env.asExternalUri(vscode.Uri.parse(url, true));
  return { url: reached.toString(true), state, comesBack, dispose: close };
}

async function throughEditor(state: string): Promise<RedirectHere> {
  const brought = Promise.withResolvers<URLSearchParams>();
  const handler = vscode.window.registerUriHandler({
    handleUri: uri => {
      const query = new URLSearchParams(uri.query);
      if (uri.path === path && query.get('state') === state) brought.resolve(query);
    },
  });
  const own = vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: 'marginalia.marginalia', path });
  const reached = await vscode.env.asExternalUri(own);
  const comesBack = (signal: AbortSignal): Promise<URLSearchParams> =>
    new Promise((resolve, reject) => {
      void brought.promise.then(resolve);
      const stop = (): void => reject(new Error('stopped'));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  return { url: reached.toString(true), state, comesBack, dispose: () => void handler.dispose() };
}
