import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What of an extension's folder the editor needs; also keeps it from watching sources and node_modules. */
const shipped = /^(package(\.nls.*)?\.json|README\.md|CHANGELOG\.md|LICENSE|dist|media|l10n|.*\.cjs)$/;

/**
 * Makes an extension an installed one of a profile that no editor has open. Its parts are links, so that a window that
 * is reloaded runs the last build, while uninstalling it in the editor removes the links and no more.
 */
export async function installInProfile(profile: string, extension: string): Promise<void> {
  const text = await readFile(join(extension, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(text) as { publisher: string; name: string; version: string };
  const folder = join(profile, 'extensions', `${publisher}.${name}-${version}`);
  // The list of what is installed is made from what lies there once it is missing.
  await rm(join(profile, 'extensions/extensions.json'), { force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(extension)) {
    if (shipped.test(entry)) await symlink(join(extension, entry), join(folder, entry));
  }
}
