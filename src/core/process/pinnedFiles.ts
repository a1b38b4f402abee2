import { scriptImports } from './scriptImports.ts';

/** A file that decides what a program does: who agrees to the program has agreed to what stands in it. */
export interface PinnedFile {
  /** Relative to the folder where it is in there. */
  path: string;
  /** SHA-256 of what it holds. */
  digest: string;
  /** Another one imports it. */
  isImported?: true;
}

export interface PinnedFiles {
  files: PinnedFile[];
  /** They import more than is looked at. */
  isCut?: true;
}

/** Imported files that are looked at: more is a program that is best a package. */
const mostImported = 200;
/** Places that are looked at for them: one import may lead to some dozens. */
const mostPlaces = 8_000;
/** Places that are looked at together. */
const atOnce = 16;

export interface PinPorts {
  /** What is in there can be pinned. */
  folder: string;
  /** A path as it counts in a folder: one that is whole stays as it is. */
  inFolder: (path: string, folder: string) => string;
  /** Undefined where there is no such file. */
  look: (path: string) => Promise<LookedAt | undefined>;
}

export interface LookedAt {
  /** SHA-256. */
  digest: string;
  /** Of one that is not too large to be a script. */
  text?: string;
}

/** What a program is started with. */
export interface Started {
  /** The command and its arguments. */
  words: readonly string[];
  /** Where it is started: the folder, unless this says otherwise. */
  cwd?: string;
  /** Files that it is known to read, wherever they are. */
  read?: readonly string[];
}

/**
 * The files that a start names: what of its command and arguments is a file of the folder, such as `node tools/server.mjs` or
 * `--config=tools/server.json`, and what it reads besides; and what scripts among these import from the folder by a relative
 * path, and that in turn. What they load otherwise, such as packages, is not known.
 */
export async function pinnedFiles(
  { words, cwd, read = [] }: Started,
  { folder, inFolder, look }: PinPorts,
): Promise<PinnedFiles> {
  const named = words.flatMap(partsOf).map(word => inFolder(word, cwd ?? folder));
  const known = new Set([...named.filter(path => isIn(folder, path)), ...read.map(path => inFolder(path, folder))]);
  const places = [...known];
  const firstImported = places.length;
  const files: PinnedFile[] = [];
  let imported = 0;
  let isCut = false;
  // What is found on the way stands at its end, in the same order every time.
  for (let at = 0; at < places.length;) {
    const looked = await Promise.all(
      places.slice(at, at + atOnce).map(async path => ({ path, file: await look(path) })),
    );
    for (const { path, file } of looked) {
      const isImported = at++ >= firstImported;
      if (!file) continue;
      if (isImported && ++imported > mostImported) return { files, isCut: true };
      const shown = isIn(folder, path) ? path.slice(folder.length + 1) : path;
      files.push({ path: shown, digest: file.digest, ...(isImported && { isImported }) });
      const imports = scriptImports(path, file.text ?? '').map(to => inFolder(to, path.replace(/[\\/][^\\/]*$/, '')));
      const added = imports.filter(to => isIn(folder, to) && !known.has(to));
      if (places.length + added.length > mostPlaces) isCut = true;
      for (const to of added.slice(0, mostPlaces - places.length)) {
        known.add(to);
        places.push(to);
      }
    }
  }
  return { files, ...(isCut && { isCut }) };
}

/** A word, what stands behind its `=`, and the words of one that is a command for a shell. */
function partsOf(word: string): string[] {
  const words = [word, ...(/\s/.test(word) ? word.split(/[\s;&|()"']+/) : [])];
  return words.flatMap(part => [part, part.slice(part.indexOf('=') + 1)]).filter(part => part !== '');
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(folder) && /^[\\/]./.test(path.slice(folder.length));
}
