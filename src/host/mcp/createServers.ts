import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ConnectServer } from '../../core/mcp/connection.ts';
import { textWithin } from '../workspace/bytesWithin.ts';
import { inFolder, lookAtFile } from '../workspace/lookAtFile.ts';
import { neededEnvironment } from '../../core/process/neededEnvironment.ts';
import { serverFiles } from '../../core/mcp/serverFiles.ts';
import { Servers } from '../../core/mcp/servers.ts';
import type { SignInMemory } from '../../core/mcp/signIns.ts';
import { findServers } from './findServers.ts';
import { serverDecisions } from './serverDecisions.ts';
import { ServerInputs } from './serverInputs.ts';
import { serverParts } from './serverParts.ts';

/** Bytes of a file of variables. */
const mostEnvFileBytes = 64 * 1024;

/** The servers of the Model Context Protocol that this window has. `changed` hears when one of them is another. */
export function createServers(
  context: vscode.ExtensionContext,
  changed: () => void,
): { servers: Servers; signIns: SignInMemory } {
  const signIns = signInSecrets(context.secrets);
  const inputs = new ServerInputs();
  const { version } = context.extension.packageJSON as { version: string };
  const servers = new Servers({
    find: async () => (await findServers()).flatMap(({ servers }) => servers),
    isTrusted: () => vscode.workspace.isTrusted,
    memory: serverDecisions({ user: context.globalState, workspace: context.workspaceState }),
    mayStart: async server => (await serverParts()).mayStart(server),
    connect,
    version,
    signIns,
    environment: neededEnvironment(process.env),
    // The editor replaces `fetch` while it starts, so it is looked up when it is used.
    fetch: (url, init) => fetch(url, init),
    variables: async server => {
      const typed = await inputs.of(server);
      return typed && { workspaceFolder: server.folder, userHome: homedir(), env: process.env, inputs: typed };
    },
    inFolder,
    pinnedFiles: ({ launch, folder }) =>
      serverFiles(launch, {
        variables: { workspaceFolder: folder, userHome: homedir(), env: process.env },
        inFolder,
        look: lookAtFile,
      }),
    readFile: async path => {
      const text = await textWithin(vscode.Uri.file(path), mostEnvFileBytes);
      if (text === undefined) throw new Error(vscode.l10n.t('The file is too large.'));
      return text;
    },
    changed,
    clock: () => performance.now(),
  });
  return { servers, signIns };
}

/** Sign-ins in the editor's secret storage. Where that keeps nothing, they last as long as the window. */
function signInSecrets(secrets: vscode.SecretStorage): SignInMemory {
  const inWindow = new Map<string, string>();
  const nameOf = (address: string): string => `mcpSignIn:${address}`;
  return {
    read: async address => {
      const text =
        (await Promise.resolve(secrets.get(nameOf(address))).catch(() => undefined)) ?? inWindow.get(address);
      try {
        return text === undefined ? undefined : (JSON.parse(text) as unknown);
      } catch {
        return undefined;
      }
    },
    write: async (address, signIn) => {
      inWindow.delete(address);
      if (!signIn) return secrets.delete(nameOf(address));
      const text = JSON.stringify(signIn);
      inWindow.set(address, text);
      // No keyring, or a locked one.
      await Promise.resolve(secrets.store(nameOf(address), text)).catch(() => undefined);
    },
  };
}

/** The bundle with the SDK is loaded when the first server is needed. */
const connect: ConnectServer = async (launch, ports) => {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const { connectServer } = await import('./mcp.cjs');
  return connectServer(launch, ports);
};
