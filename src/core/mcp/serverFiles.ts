import { type PinnedFiles, type PinPorts, pinnedFiles } from '../process/pinnedFiles.ts';
import { fillInText, type Variables } from './fillIn.ts';
import type { ServerLaunch } from './serverConfig.ts';

/** The files that decide what a launch starts: those that it names, with the one with variables, and what these import. */
export async function serverFiles(
  launch: ServerLaunch,
  { variables, ...ports }: Omit<PinPorts, 'folder'> & { variables: Omit<Variables, 'inputs'> },
): Promise<PinnedFiles> {
  const { workspaceFolder: folder } = variables;
  if (launch.kind === 'http' || folder === undefined) return { files: [] };
  // What is asked for at the start is not known, and names no file here.
  const fill = (text: string): string[] => {
    const filled = fillInText(text, { ...variables, inputs: {} });
    return filled === undefined || filled === '' ? [] : [filled];
  };
  const [cwd = folder] = fill(launch.cwd ?? '.').map(path => ports.inFolder(path, folder));
  const words = [launch.command, ...launch.args].flatMap(fill);
  return pinnedFiles({ words, cwd, read: fill(launch.envFile ?? '') }, { folder, ...ports });
}
