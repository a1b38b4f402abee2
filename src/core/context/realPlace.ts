import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

/** Where a path leads once every link on its way is followed. */
export interface RealPlace {
  path: string;
  /** Whether the path is in one of the folders by its name, and really in none. */
  isOutside: boolean;
}

/**
 * What a path really is. `folders` are absolute, such as those of the workspace. A path that names a place outside of
 * them hides nothing and is not outside in this sense. What can't be followed to its end counts as leading out.
 */
export async function realPlace(path: string, folders: readonly string[]): Promise<RealPlace> {
  const isNamedInside = folders.some(folder => isIn(folder, path));
  try {
    const real = await followed(path);
    if (!isNamedInside) return { path: real, isOutside: false };
    // The folders may be links themselves.
    const realFolders = await Promise.all(folders.map(folder => followed(folder).catch(() => folder)));
    return { path: real, isOutside: !realFolders.some(folder => isIn(folder, real)) };
  } catch {
    return { path, isOutside: isNamedInside };
  }
}

/** Follows as much of a path as there is: what comes behind is yet to be made. Fails at a link to nothing, or to itself. */
async function followed(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    // What is made behind a link to nothing is made where the link leads.
    if (!isMissing(error) || parent === path || (await isLink(path))) throw error;
    return join(await followed(parent), basename(path));
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    stats => stats.isSymbolicLink(),
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function isIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
