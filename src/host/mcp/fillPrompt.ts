import * as vscode from 'vscode';
import type { PromptArgument, ServerConnection } from '../../core/mcp/connection.ts';
import { failureOf } from '../../core/mcp/connection.ts';
import { type FilledPrompt, filledPrompt, oneLine, promptDescription } from '../../core/mcp/serverPrompt.ts';
import type { ServerPrompt } from '../../core/mcp/serverPrompt.ts';
import type { Servers } from '../../core/mcp/servers.ts';
import { pickOne, showInformation, showProgress, showWarning } from '../show.ts';
import { askForValue } from './askForValue.ts';
import { failureText } from './serverText.ts';

/** Milliseconds that a server has to fill in a prompt. */
const fillLimitMs = 60_000;

/**
 * Asks for what a prompt takes and has its server fill it in; without a prompt, asks which one. What was typed behind its
 * name is the first value. Undefined where the user has left, or it failed, which is said.
 */
export async function fillPrompt(
  servers: Servers,
  called: ServerPrompt | undefined,
  input: string,
): Promise<FilledPrompt | undefined> {
  const prompt = called ?? (await choosePrompt(servers));
  if (!prompt) return undefined;
  const { server, definition } = prompt;
  await server.needed();
  const { connection } = server;
  const { name } = server.found;
  if (!connection) {
    void showWarning(vscode.l10n.t('The server “{0}” is not running.', name));
    return undefined;
  }
  const values = await askForValues(prompt, input, connection);
  if (!values) return undefined;
  const title = vscode.l10n.t('The server “{0}” fills in the prompt…', name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const limit = AbortSignal.any([stop.signal, AbortSignal.timeout(fillLimitMs)]);
    try {
      const filled = filledPrompt(prompt, await connection.readPrompt(definition.name, values, limit));
      if (filled.text !== '' || filled.attached.length > 0) return filled;
      void showInformation(vscode.l10n.t('The server “{0}” gives nothing for this prompt.', name));
    } catch (error) {
      const reason = failureText(failureOf(error));
      if (!stop.signal.aborted) void showWarning(vscode.l10n.t('The MCP server “{0}”: {1}', name, oneLine(reason)));
    }
    return undefined;
  });
}

interface PromptItem extends vscode.QuickPickItem {
  prompt?: ServerPrompt;
}

async function choosePrompt(servers: Servers): Promise<ServerPrompt | undefined> {
  await showProgress({ location: vscode.ProgressLocation.Window }, () => servers.ready(new AbortController().signal));
  const items = servers.prompts.map((prompt): PromptItem => ({
    label: `/${prompt.name}`,
    description: prompt.server.found.name,
    detail: promptDescription(prompt.definition),
    prompt,
  }));
  const none: PromptItem = { label: vscode.l10n.t('No server that runs has prompts.') };
  const placeHolder = vscode.l10n.t('Which prompt?');
  const chosen = await pickOne(items.length > 0 ? items : [none], { placeHolder, matchOnDetail: true });
  return chosen?.prompt;
}

/** By name; undefined where the user has left. */
async function askForValues(
  { name, definition }: ServerPrompt,
  input: string,
  { completePrompt }: ServerConnection,
): Promise<Record<string, string> | undefined> {
  const values: Record<string, string> = {};
  const [first] = definition.takes;
  if (first && input !== '') values[first.name] = input;
  for (const argument of definition.takes) {
    if (Object.hasOwn(values, argument.name)) continue;
    const complete = completePrompt && {
      complete: (value: string, signal: AbortSignal): Promise<string[]> =>
        completePrompt(definition.name, { name: argument.name, value }, values, signal),
    };
    const value = await askForValue({ title: `/${name}`, prompt: promptOf(argument), ...argument, ...complete });
    if (value === undefined) return undefined;
    if (value !== '') values[argument.name] = value;
  }
  return values;
}

function promptOf({ name, description, isRequired }: PromptArgument): string {
  const words = oneLine(description === '' ? name : `${name}: ${description}`);
  return isRequired ? words : vscode.l10n.t('{0} (may be left empty)', words);
}
