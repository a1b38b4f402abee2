import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlainError } from './plainError.ts';

/** Settings of a quiet editor: no welcome pages, no other chat, nothing that looks for updates or asks. */
export const cleanSettings: Record<string, unknown> = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'visible',
  'window.commandCenter': false,
  'window.title': '${dirty}${activeEditorShort}${separator}${rootName}',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'files.simpleDialog.enable': true,
};

/** The sample project has a password in its code: reviews of it would ask before they send it. */
export const unasked = { 'marginalia.filter.secrets': 'off' };

/** Writes a user's settings: the clean ones, over them what the user has changed, over that what this run needs. */
export async function keepSettings(file: string, needed: Record<string, unknown>): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  let changed: object;
  try {
    changed = JSON.parse(text) as object;
  } catch {
    throw new PlainError(`${file} is not plain JSON; remove its comments and trailing commas, or the file.`);
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...cleanSettings, ...changed, ...needed }, undefined, 2));
}
