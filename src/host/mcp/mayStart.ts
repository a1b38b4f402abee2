import * as vscode from 'vscode';
import type { FoundServer } from '../../core/mcp/foundServer.ts';
import { chooseFirst } from '../show.ts';
import { launchLines } from './serverText.ts';

/** Shows what a workspace's server would start or reach. Undefined where the user has not said. */
export async function mayStart({ name, source, launch, pinned }: FoundServer): Promise<boolean | undefined> {
  const { t } = vscode.l10n;
  const start = launch.kind === 'http' ? t('Connect') : t('Start');
  const never = launch.kind === 'http' ? t('Don’t Connect') : t('Don’t Start');
  const question =
    launch.kind === 'http'
      ? t('Connect to the MCP server “{0}”, as {1} says?', name, source)
      : t('Start the MCP server “{0}”, as {1} says?', name, source);
  const { files, isCut } = pinned ?? { files: [] };
  const imported = files.filter(({ isImported }) => isImported).length;
  const lines = [
    launchLines(launch),
    ...files.flatMap(({ path, isImported }) => (isImported ? [] : [t('with {0} as it is now', path)])),
    ...(imported > 0 ? [t('with the files that these import from the folder, as they are now: {0}', imported)] : []),
    ...(isCut
      ? [t('Its scripts import more files than are watched: you are not asked when others of them change.')]
      : []),
    ...(files.length > 0
      ? [t('You are asked again once one of them has changed; what they load otherwise is not covered.')]
      : []),
  ].join('\n');
  const chosen = await chooseFirst('warning', question, lines, start, never);
  return chosen === undefined ? undefined : chosen === start;
}
