import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IgnoreRules, mostIgnoreBytes } from '../context/ignoreRules.ts';

/** A file as the folder lists it, without what it holds. */
export interface WalkedFile {
  /** Relative to the root, with `/` between the parts. */
  path: string;
  size: number;
  /** Milliseconds since the epoch. */
  modifiedMs: number;
  /** The same of any change of the file or what is said of it; no program can set it back. */
  changedMs: number;
  /** When it was made, where the file system knows that. */
  bornMs: number;
}

/** Whatever a program does there, it is no part of what the user works on. */
const neverWalked: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

/**
 * The files below a folder, without what version control keeps, what packages were installed, and what `.gitignore` files
 * leave out. Links are not followed and are no files. What can't be read is left out. Stops behind `most` files; `beyond`
 * hears of each that is not among them.
 */
export function walk(root: string, most: number, beyond: () => void): WalkedFile[] {
  const found: WalkedFile[] = [];
  const rules = new IgnoreRules();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = entriesOf(join(root, folder));
    if (entries.some(entry => entry.name === '.gitignore' && entry.isFile())) {
      rules.add(folder, rulesIn(join(root, folder, '.gitignore')));
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!neverWalked.has(entry.name) && !rules.ignoresFolder(path)) folders.push(path);
      } else if (entry.isFile() && !rules.ignores(path)) {
        if (found.length >= most) beyond();
        else {
          // It may be gone since its folder was read.
          const file = lookAt(root, path);
          if (file) found.push(file);
        }
      }
    }
  }
  return found;
}

/** Undefined where there is no file, or a link. */
export function lookAt(root: string, path: string): WalkedFile | undefined {
  try {
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (!stats?.isFile()) return undefined;
    const { size, mtimeMs: modifiedMs, ctimeMs: changedMs, birthtimeMs: bornMs } = stats;
    return { path, size, modifiedMs, changedMs, bornMs };
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function rulesIn(file: string): string {
  try {
    return lstatSync(file).size > mostIgnoreBytes ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
