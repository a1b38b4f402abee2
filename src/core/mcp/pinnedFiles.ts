import { fillInText, type Variables } from './fillIn.ts';
import type { ServerLaunch } from './serverConfig.ts';

/** A file that decides what a server does: who agrees to the server has agreed to what stands in it. */
export interface PinnedFile {
  /** Relative to the folder where it is in there. */
  path: string;
  /** SHA-256 of what it holds. */
  digest: string;
}

export interface PinPorts {
  variables: Omit<Variables, 'inputs'>;
  /** See ServerPorts. */
  inFolder: (path: string, folder: string | undefined) => string;
  /** SHA-256 of a file; undefined where there is none. */
  digestOf: (path: string) => Promise<string | undefined>;
}

/**
 * The files that a launch names: the one with variables, and what of its command and arguments is a file of the folder, such as
 * `node tools/server.mjs` or `--config=tools/server.json`. What those read in turn is not known.
 */
export async function pinnedFiles(
  launch: ServerLaunch,
  { variables, inFolder, digestOf }: PinPorts,
): Promise<PinnedFile[]> {
  const { workspaceFolder: folder } = variables;
  if (launch.kind === 'http' || folder === undefined) return [];
  // What is asked for at the start is not known, and names no file here.
  const fill = (text: string): string[] => {
    const filled = fillInText(text, { ...variables, inputs: {} });
    return filled === undefined || filled === '' ? [] : [filled];
  };
  const [cwd = folder] = fill(launch.cwd ?? '.').map(path => inFolder(path, folder));
  const named = [launch.command, ...launch.args].flatMap(fill).flatMap(partsOf);
  const inside = named.map(word => inFolder(word, cwd)).filter(path => isIn(folder, path));
  const paths = [...inside, ...fill(launch.envFile ?? '').map(path => inFolder(path, folder))];
  const found = await Promise.all(
    [...new Set(paths)].map(async path => ({
      path: isIn(folder, path) ? path.slice(folder.length + 1) : path,
      digest: await digestOf(path),
    })),
  );
  return found.filter((file): file is PinnedFile => file.digest !== undefined);
}

/** A word, what stands behind its `=`, and the words of one that is a command for a shell. */
function partsOf(word: string): string[] {
  const words = [word, ...(/\s/.test(word) ? word.split(/[\s;&|()"']+/) : [])];
  return words.flatMap(part => [part, part.slice(part.indexOf('=') + 1)]).filter(part => part !== '');
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(folder) && /^[\\/]./.test(path.slice(folder.length));
}
