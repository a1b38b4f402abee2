import * as vscode from 'vscode';
import { inputsIn } from '../../core/mcp/fillIn.ts';
import { addressOf } from '../../core/mcp/signIns.ts';
import { redact } from '../../core/redaction/redact.ts';
import type { ListedServer, Servers } from '../../core/mcp/servers.ts';
import type { Server } from '../../core/mcp/server.ts';
import type { SignInMemory } from '../../core/mcp/signIns.ts';
import { findServers, type ServersSource } from './findServers.ts';
import { signInToServer } from './signInToServer.ts';
import { signOutOfServer } from './signOutOfServer.ts';
import { launchLine, leftOutText, problemText, stateText } from './serverText.ts';
import { createPicker, pickOne, type Picker, shownItem } from '../show.ts';

export interface ListServersPorts {
  servers: Servers;
  signIns: SignInMemory;
  showText: (title: string, text: string) => Promise<void>;
}

interface ServerItem extends vscode.QuickPickItem {
  listed?: ListedServer;
  /** A configuration with something wrong in it, or the one that all have none of. */
  source?: ServersSource;
}

/** Lists the servers of all configurations. A button switches one off and on; one that is chosen is looked at. */
export async function listServers(ports: ListServersPorts): Promise<void> {
  const { t } = vscode.l10n;
  if (!vscode.workspace.isTrusted) {
    await pickOne([{ label: t('This workspace is not trusted: no server starts.') }], {
      placeHolder: t('MCP Servers'),
    });
    return;
  }
  const picker = createPicker<ServerItem>();
  const on = button('circle-slash', t('Switch On'));
  const off = button('check', t('Switch Off'));
  picker.title = shownItem({ label: t('MCP Servers') }).label;
  picker.placeholder = shownItem({ label: t('Choose a server to see its tools and its log, or to start it') }).label;
  picker.matchOnDescription = true;
  const show = (): Promise<void> => fill(picker, ports.servers, on, off);
  await show();
  picker.onDidTriggerItemButton(async ({ item: { listed }, button: pressed }) => {
    if (!listed) return;
    await ports.servers.setOn(listed.server, pressed === on);
    await show();
  });
  picker.onDidAccept(async () => {
    const [item] = picker.selectedItems;
    picker.hide();
    if (item?.listed) await lookAt(item.listed, ports);
    else if (item) await openSource(item.source);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

async function fill(
  picker: Picker<ServerItem>,
  servers: Servers,
  on: vscode.QuickInputButton,
  off: vscode.QuickInputButton,
): Promise<void> {
  const { t } = vscode.l10n;
  const [listed, sources] = await Promise.all([servers.list(), findServers()]);
  const items = listed.map((one): ServerItem => {
    const { found } = one.server;
    return {
      label: found.name,
      description: stateText(one),
      detail: `${launchLine(found.launch)} · ${found.source}`,
      iconPath: new vscode.ThemeIcon(one.state.kind === 'failed' ? 'error' : 'server'),
      buttons: [one.state.kind === 'off' ? on : off],
      listed: one,
    };
  });
  const wrong = sources.flatMap((source): ServerItem[] =>
    source.problems.map(problem => ({
      label: source.source,
      description: problemText(problem),
      iconPath: new vscode.ThemeIcon('error'),
      source,
    })),
  );
  const own = sources.find(({ file }) => !file);
  const settings: ServerItem = {
    label: t('Your Own Servers…'),
    iconPath: new vscode.ThemeIcon('settings'),
    ...(own && { source: own }),
  };
  picker.items = [...items, ...wrong, settings].map(shownItem);
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

async function openSource(source: ServersSource | undefined): Promise<void> {
  if (source?.file) await vscode.window.showTextDocument(source.file);
  else await vscode.commands.executeCommand('workbench.action.openSettings', '@id:marginalia.mcp.servers');
}

interface Action extends vscode.QuickPickItem {
  run: () => unknown;
}

async function lookAt(listed: ListedServer, ports: ListServersPorts): Promise<void> {
  const { t } = vscode.l10n;
  const { server, state } = listed;
  const { servers } = ports;
  const { name } = server.found;
  const again = async (): Promise<void> => {
    const now = (await servers.list()).find(one => one.server.found.id === server.found.id);
    if (now) await lookAt(now, ports);
  };
  const start: Action = {
    label: t('Start'),
    run: async () => {
      await servers.start(server);
      await again();
    },
  };
  const running: Action[] = [
    { label: t('Tools'), description: String(server.tools.length), run: () => showTools(server, again) },
    { label: t('Restart'), run: () => servers.restart(server).then(again) },
    { label: t('Stop'), run: () => servers.stop(server) },
  ];
  const actions: Action[] = [
    ...(state.kind === 'running' ? running : [start]),
    ...(await signInActions(listed, ports, again)),
    { label: t('Log'), run: () => ports.showText(t('Log of {0}', name.replaceAll('/', '_')), redact(server.log)) },
  ];
  const chosen = await pickOne(actions, { title: name, placeHolder: stateText(listed) });
  await chosen?.run();
}

/** Of a server over HTTP that may be asked: one of a workspace only once the user has agreed to it. */
async function signInActions(
  { server, state }: ListedServer,
  { servers, signIns }: ListServersPorts,
  again: () => Promise<void>,
): Promise<Action[]> {
  const { t } = vscode.l10n;
  const { launch } = server.found;
  if (launch.kind !== 'http' || state.kind === 'asks' || state.kind === 'off') return [];
  if (hasOwnKey(launch.headers)) return [];
  // Variables are filled in once the user wants it: some are asked for.
  const known = inputsIn(launch).length === 0 ? await server.address().catch(() => undefined) : undefined;
  const isKnown = known !== undefined && (await signIns.read(addressOf(known))) !== undefined;
  const signOut: Action = {
    label: t('Sign Out'),
    description: t('forgets its tokens'),
    run: async () => {
      if (known !== undefined) await signOutOfServer(server.found.name, known, signIns);
      await servers.stop(server);
      await again();
    },
  };
  const signIn: Action = {
    label: t('Sign In…'),
    description: t('in your browser'),
    run: async () => {
      if (!(await signInToServer(server, signIns))) return;
      await servers.restart(server);
      await again();
    },
  };
  return [...(state.kind === 'running' ? [] : [signIn]), ...(isKnown ? [signOut] : [])];
}

function hasOwnKey(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(name => name.toLowerCase() === 'authorization');
}

async function showTools(server: Server, back: () => Promise<void>): Promise<void> {
  const { t } = vscode.l10n;
  const offered = server.tools.map(({ name, description, saysItReads }) => ({
    label: name,
    description: saysItReads ? t('reads, as the server says') : '',
    detail: description,
  }));
  const leftOut = server.leftOut.map(({ name, reason }) => ({
    label: name,
    description: leftOutText(reason),
    detail: '',
  }));
  const tools = [...offered, ...leftOut];
  const chosen = await pickOne(tools, {
    title: server.found.name,
    placeHolder: t('What the server says of its tools'),
    matchOnDetail: true,
  });
  if (chosen) await back();
}
