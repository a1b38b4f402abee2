import { copyFile, link, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

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
    if (!shipped.test(entry)) continue;
    if (entry === 'dist') await linkFiles(join(extension, entry), join(folder, entry));
    else await symlink(join(extension, entry), join(folder, entry));
  }
}

/**
 * The editor knows by the real path of a module which extension has loaded it, and gives to a module from elsewhere an
 * API without that extension's translations: so hard links, or copies where the profile is on another disk.
 */
async function linkFiles(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length));
    await mkdir(dirname(target), { recursive: true });
    await link(source, target).catch(() => copyFile(source, target));
  }
}
