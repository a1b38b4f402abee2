import * as vscode from 'vscode';
import { holdsPrivateKey } from '../../core/context/sensitive.ts';
import type { ResourceDefinition } from '../../core/mcp/connection.ts';
import type { Server } from '../../core/mcp/server.ts';
import type { Servers } from '../../core/mcp/servers.ts';
import { resourceHeading, resultText } from '../../core/mcp/serverTool.ts';
import { visibleWithin } from '../../shared/visible.ts';
import { messageOf } from '../../shared/messageOf.ts';
import { pickOne, showProgress } from '../show.ts';
import type { Kind } from './kinds.ts';
import { type Reader, type Reading, textAttachment } from './reading.ts';

/** Milliseconds that a server has to list its resources, and to give one. */
const listLimitMs = 10_000;
const readLimitMs = 60_000;
/** Resources of one server that are listed. */
const mostListed = 500;
/** Characters of what a server says of a resource. */
const mostWords = 300;

/** What servers have to attach; nothing where no server is switched on. They start when it is chosen. */
export async function resourceKinds(servers: Servers): Promise<Kind[]> {
  const isAny = (await servers.list()).some(({ state }) => state.kind !== 'off');
  if (!isAny) return [];
  const label = vscode.l10n.t('Resource of an MCP Server…');
  return [{ name: 'resource', label, icon: 'server', readers: () => chooseResource(servers), asks: true }];
}

interface ResourceItem extends vscode.QuickPickItem {
  read?: Reader;
}

async function chooseResource(servers: Servers): Promise<Reader[]> {
  const items = await showProgress({ location: vscode.ProgressLocation.Window }, async () => {
    await servers.ready(new AbortController().signal);
    const running = (await servers.list()).map(({ server }) => server);
    return (await Promise.all(running.map(itemsOf))).flat();
  });
  const none = { label: vscode.l10n.t('No server that runs has resources.') };
  const placeHolder = vscode.l10n.t('What goes along with the message?');
  const chosen = await pickOne<ResourceItem>(items.length > 0 ? items : [none], {
    placeHolder,
    matchOnDescription: true,
  });
  return chosen?.read ? [chosen.read] : [];
}

/** One that can't list them now has none. */
async function itemsOf(server: Server): Promise<ResourceItem[]> {
  try {
    const resources = await server.connection?.listResources(AbortSignal.timeout(listLimitMs));
    return (resources ?? []).slice(0, mostListed).map(resource => ({
      label: words(resource.name),
      description: server.found.name,
      detail: words(resource.description || resource.uri),
      read: id => readResource(id, server, resource),
    }));
  } catch {
    return [];
  }
}

async function readResource(id: string, server: Server, { uri, name }: ResourceDefinition): Promise<Reading> {
  try {
    const parts = await server.connection?.readResource(uri, AbortSignal.timeout(readLimitMs));
    if (!parts) return { refusal: vscode.l10n.t('The server “{0}” is not running.', server.found.name) };
    const [image, ...others] = parts;
    if (image?.kind === 'image' && others.length === 0) {
      return { image: { name: words(name), bytes: Buffer.from(image.base64, 'base64') } };
    }
    const text = resultText(parts);
    const attachment = textAttachment({
      id,
      subject: 'resource',
      name: words(name),
      heading: resourceHeading(words(uri), words(server.found.name)),
      languageId: 'text',
      text,
    });
    return { attachment, sensitive: holdsPrivateKey(text) ? [attachment.name] : [] };
  } catch (error) {
    return { refusal: vscode.l10n.t('The server “{0}” did not give it: {1}', server.found.name, messageOf(error)) };
  }
}

/** Of a server's words, what one line shows. */
function words(text: string): string {
  return visibleWithin(text.replace(/\s+/g, ' '), mostWords);
}
