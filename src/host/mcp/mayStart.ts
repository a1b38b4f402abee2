import * as vscode from 'vscode';
import type { FoundServer } from '../../core/mcp/foundServer.ts';
import { chooseFirst } from '../show.ts';
import { launchLines } from './serverText.ts';

/** Shows what a workspace's server would start or reach. Undefined where the user has not said. */
export async function mayStart({ name, source, launch, files = [] }: FoundServer): Promise<boolean | undefined> {
  const { t } = vscode.l10n;
  const start = launch.kind === 'http' ? t('Connect') : t('Start');
  const never = launch.kind === 'http' ? t('Don’t Connect') : t('Don’t Start');
  const question =
    launch.kind === 'http'
      ? t('Connect to the MCP server “{0}”, as {1} says?', name, source)
      : t('Start the MCP server “{0}”, as {1} says?', name, source);
  const lines = [launchLines(launch), ...files.map(({ path }) => t('with {0} as it is now', path))].join('\n');
  const chosen = await chooseFirst('warning', question, lines, start, never);
  return chosen === undefined ? undefined : chosen === start;
}
