import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CheckpointFiles, FileContent, ScanRoot } from '../../src/core/checkpoints/checkpoint.ts';
import { realPlace } from '../../src/core/context/realPlace.ts';
import { confine } from '../../src/core/tools/confine.ts';
import { isRunByItself } from '../../src/core/tools/runByItself.ts';
import { ToolError, type ToolPlace, type ToolWorkspace } from '../../src/core/tools/workspace.ts';

/** A folder on the disk as the workspace, confined as the editor's is. Nothing of it is open or unsaved. */
export class DiskWorkspace implements ToolWorkspace {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  locate = async (path: string): Promise<ToolPlace> => {
    const root = this.#folder;
    const places = await confine(path, [{ name: 'shop', path: root }], place =>
      realPlace(join(root, place.path), [root]),
    );
    const named = places[0]?.path ?? '';
    const stats = await stat(join(root, named)).catch(() => undefined);
    const kind = stats === undefined ? 'nothing' : stats.isDirectory() ? 'folder' : 'file';
    return { path: named === '' ? '.' : named, kind, cautions: [], runs: isRunByItself(named) };
  };

  read = ({ path }: ToolPlace): Promise<string> => readFile(join(this.#folder, path), 'utf8');

  image = (): Promise<undefined> => Promise.resolve(undefined);

  list = async ({ path }: ToolPlace): Promise<string[]> => {
    const found = await readdir(join(this.#folder, path), { recursive: true });
    return found.filter(name => !name.startsWith('.git'));
  };

  write = async ({ path }: ToolPlace, before: string | undefined, after: string): Promise<void> => {
    const file = join(this.#folder, path);
    const now = await readFile(file, 'utf8').catch(() => undefined);
    if (now !== before) throw new ToolError('Error: The file has changed.');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, after);
  };
}

/** The files of a folder on the disk, as checkpoints see them. */
export class DiskFiles implements CheckpointFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  addressOf = (path: string): Promise<string> => Promise.resolve(pathToFileURL(join(this.#folder, path)).href);

  isHere = (): Promise<boolean> => Promise.resolve(true);

  read = async (address: string): Promise<FileContent | null> => {
    const disk = await readFile(fileURLToPath(address)).catch(() => undefined);
    return disk ? { disk: new Uint8Array(disk) } : null;
  };

  put = (address: string, content: FileContent | null): Promise<void> => {
    const file = fileURLToPath(address);
    return content?.disk ? writeFile(file, content.disk) : rm(file);
  };

  roots = (): ScanRoot[] => [{ path: this.#folder, name: '' }];
}
