import * as vscode from 'vscode';
import type { ServerFailure } from '../../core/mcp/connection.ts';
import type { ServerLaunch, ConfigProblem } from '../../core/mcp/serverConfig.ts';
import type { ListedServer } from '../../core/mcp/servers.ts';
import type { LeftOutReason } from '../../core/mcp/serverTool.ts';

/** What would be started or reached, in one line and word for word. */
export function launchLine(launch: ServerLaunch): string {
  if (launch.kind === 'http') return launch.url;
  return [launch.command, ...launch.args]
    .map(word => (/^[\w@%+=:,./${}-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}

/** The same with all that goes along. */
export function launchLines(launch: ServerLaunch): string {
  const { t } = vscode.l10n;
  if (launch.kind === 'http') {
    const headers = Object.entries(launch.headers).map(([name, value]) => `${name}: ${value}`);
    return [launch.url, ...headers].join('\n');
  }
  const env = Object.entries(launch.env).map(([name, value]) => `${name}=${value ?? ''}`);
  return [
    launchLine(launch),
    ...(launch.cwd === undefined ? [] : [t('in {0}', launch.cwd)]),
    ...env,
    ...(launch.envFile === undefined ? [] : [t('with the variables of {0}', launch.envFile)]),
  ].join('\n');
}

export function stateText({ server, state }: ListedServer): string {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case 'off':
      return t('off');
    case 'asks':
      return t('asks before it starts');
    case 'stopped':
      return t('starts when it is needed');
    case 'starting':
      return t('starts…');
    case 'running':
      return server.tools.length === 1 ? t('runs, 1 tool') : t('runs, {0} tools', server.tools.length);
    case 'failed':
      return failureText(state.failure);
  }
}

export function failureText({ kind, detail }: ServerFailure): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'variable':
      return t('{0} stands for nothing here', detail);
    case 'input':
      return t('an input that it needs was left open');
    case 'envFile':
      return t('its file of variables can’t be read: {0}', detail);
    case 'changed':
      return t('what it starts has changed, and is asked about first');
    case 'notStarted':
      return t('could not be started: {0}', detail);
    case 'ended':
      return t('has ended by itself');
    case 'timeout':
      return t('did not answer in time');
    case 'signIn':
      return t('wants a sign-in, or another key in its headers');
    case 'refused':
      return t('has refused the request: {0}', detail);
    case 'unreachable':
      return t('can’t be reached: {0}', detail);
    case 'other':
      return t('failed: {0}', detail);
  }
}

export function problemText({ path, kind }: ConfigProblem): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'notJson':
      return t('The file is no JSON.');
    case 'notObject':
      return path === '' ? t('The whole has to be an object.') : t('`{0}` has to be an object.', path);
    case 'notText':
      return t('`{0}` has to be a text.', path);
    case 'notTexts':
      return t('`{0}` has to be a list of texts.', path);
    case 'notList':
      return t('`{0}` has to be a list.', path);
    case 'noLaunch':
      return t('`{0}` has neither a `command` nor a `url`.', path);
    case 'twoLaunches':
      return t('`{0}` has both a `command` and a `url`.', path);
    case 'badType':
      return t('`{0}` has to be `stdio` or `http`.', path);
    case 'badUrl':
      return t('`{0}` has to begin with `https://` or `http://`.', path);
  }
}

export function leftOutText(reason: LeftOutReason): string {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'schema':
      return t('Not offered: inputs can’t be checked with its schema.');
    case 'large':
      return t('Not offered: its schema is too large.');
    case 'many':
      return t('Not offered: the server has too many tools.');
  }
}
