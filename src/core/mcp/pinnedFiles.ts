import { scriptImports } from '../process/scriptImports.ts';
import { fillInText, type Variables } from './fillIn.ts';
import type { ServerLaunch } from './serverConfig.ts';

/** A file that decides what a server does: who agrees to the server has agreed to what stands in it. */
export interface PinnedFile {
  /** Relative to the folder where it is in there. */
  path: string;
  /** SHA-256 of what it holds. */
  digest: string;
  /** Another one imports it. */
  isImported?: true;
}

/** Imported files that are looked at: more is a program that is best a package. */
const mostImported = 200;
/** Places that are looked at for them: one import may lead to many. */
const mostPlaces = 5_000;

export interface PinPorts {
  variables: Omit<Variables, 'inputs'>;
  /** See ServerPorts. */
  inFolder: (path: string, folder: string | undefined) => string;
  /** Undefined where there is no such file. */
  look: (path: string) => Promise<LookedAt | undefined>;
}

export interface LookedAt {
  /** SHA-256. */
  digest: string;
  /** Of one that is not too large to be a script. */
  text?: string;
}

/**
 * The files that a launch names: the one with variables, and what of its command and arguments is a file of the folder, such as
 * `node tools/server.mjs` or `--config=tools/server.json`; and what scripts among these import from the folder by a relative path,
 * and that in turn. What they read otherwise, such as packages, is not known.
 */
export async function pinnedFiles(
  launch: ServerLaunch,
  { variables, inFolder, look }: PinPorts,
): Promise<PinnedFile[]> {
  const { workspaceFolder: folder } = variables;
  if (launch.kind === 'http' || folder === undefined) return [];
  // What is asked for at the start is not known, and names no file here.
  const fill = (text: string): string[] => {
    const filled = fillInText(text, { ...variables, inputs: {} });
    return filled === undefined || filled === '' ? [] : [filled];
  };
  const [cwd = folder] = fill(launch.cwd ?? '.').map(path => inFolder(path, folder));
  const words = [launch.command, ...launch.args].flatMap(fill).flatMap(partsOf);
  const inside = words.map(word => inFolder(word, cwd)).filter(path => isIn(folder, path));
  const paths = new Set([...inside, ...fill(launch.envFile ?? '').map(path => inFolder(path, folder))]);
  const named = paths.size;
  const pinned: PinnedFile[] = [];
  let at = 0;
  // What is found on the way stands at its end.
  for (const path of paths) {
    const isImported = at++ >= named;
    const file = await look(path);
    if (!file) continue;
    const shown = isIn(folder, path) ? path.slice(folder.length + 1) : path;
    pinned.push({ path: shown, digest: file.digest, ...(isImported && { isImported }) });
    if (pinned.length >= named + mostImported) break;
    const imports = scriptImports(path, file.text ?? '').map(to => inFolder(to, path.replace(/[\\/][^\\/]*$/, '')));
    for (const to of imports) if (isIn(folder, to) && paths.size < mostPlaces) paths.add(to);
  }
  return pinned;
}

/** A word, what stands behind its `=`, and the words of one that is a command for a shell. */
function partsOf(word: string): string[] {
  const words = [word, ...(/\s/.test(word) ? word.split(/[\s;&|()"']+/) : [])];
  return words.flatMap(part => [part, part.slice(part.indexOf('=') + 1)]).filter(part => part !== '');
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(folder) && /^[\\/]./.test(path.slice(folder.length));
}
