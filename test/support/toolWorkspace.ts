import type { Caution } from '../../src/shared/ranCalls.ts';
import { ruleFor } from '../../src/core/tools/editRules.ts';
import { isRunByItself } from '../../src/core/tools/runByItself.ts';
import { ToolError, type ToolPlace, type ToolWorkspace } from '../../src/core/tools/workspace.ts';

/** A workspace in memory: files by their paths, and what calls for caution with them. */
export class MemoryWorkspace implements ToolWorkspace {
  readonly files: Map<string, string>;
  readonly cautions: Record<string, Caution[]>;
  /** Files that are images, by their paths. */
  readonly images: Record<string, Uint8Array> = {};

  constructor(files: Record<string, string>, cautions: Record<string, Caution[]> = {}) {
    this.files = new Map(Object.entries(files));
    this.cautions = cautions;
  }

  locate = (path: string): Promise<ToolPlace> => {
    if (path.includes('..')) return Promise.reject(new ToolError('Error: outside'));
    const isFolder = path === '.' || [...this.files.keys()].some(file => file.startsWith(`${path}/`));
    const kind = this.files.has(path) || Object.hasOwn(this.images, path) ? 'file' : isFolder ? 'folder' : 'nothing';
    const cautions = this.cautions[path] ?? [];
    const runs = isRunByItself(path);
    const rule = kind !== 'folder' && !runs && cautions.length === 0 && { rule: ruleFor('', path) };
    return Promise.resolve({ path, kind, cautions, runs, ...rule });
  };

  read = ({ path }: ToolPlace): Promise<string> => Promise.resolve(this.files.get(path) ?? '');

  image = ({ path }: ToolPlace): Promise<Uint8Array | undefined> => Promise.resolve(this.images[path]);

  list = ({ path }: ToolPlace): Promise<string[]> => {
    const files = [...this.files.keys()];
    const below = files.filter(file => file.startsWith(`${path}/`)).map(file => file.slice(path.length + 1));
    return Promise.resolve(path === '.' ? files : below);
  };

  write = ({ path }: ToolPlace, before: string | undefined, after: string): Promise<void> => {
    if (this.files.get(path) !== before) return Promise.reject(new ToolError('Error: The file has changed.'));
    this.files.set(path, after);
    return Promise.resolve();
  };
}
