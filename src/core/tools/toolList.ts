import type { ToolFileProblem } from '../../shared/toolFile.ts';
import { topLevelKeys } from './jsonKeys.ts';
import { readToolFile, type ReadToolFile, type ToolFile } from './toolFile.ts';

/** A tool file as it was found. */
export interface FoundToolFile {
  /** As it is shown, such as `.marginalia/tools/lookup.json`; no two have the same. */
  source: string;
  /** Whose it is: files of a workspace come from others. */
  origin: 'user' | 'workspace';
  /** Undefined where it could not be read: `trouble` says why. */
  text: string | undefined;
  trouble?: { kind: 'unreadable' | 'outside' | 'tooLarge'; detail: string };
}

export type ListedTool<File extends FoundToolFile = FoundToolFile> =
  { ok: true; file: File; tool: ToolFile } | { ok: false; file: File; problems: ToolFileProblem[] };

type KnownFiles = Map<string, { text: string; read: ReadToolFile }>;

/** Reads tool files; each is read once for as long as it says the same. */
export class ToolFileReader {
  readonly #reserved: ReadonlySet<string>;
  #known: KnownFiles = new Map();

  /** `reserved` are names that built-in tools have. */
  constructor(reserved: readonly string[]) {
    this.#reserved = new Set(reserved);
  }

  /** The tools of these files, those of the user before those of the workspace: of two with one name the first counts. */
  list<File extends FoundToolFile>(files: readonly File[]): ListedTool<File>[] {
    const sorted = [...files].sort((one, other) => one.origin.localeCompare(other.origin));
    const takenBy = new Map<string, string>();
    const known: KnownFiles = new Map();
    const listed = sorted.map((file): ListedTool<File> => {
      const { text, trouble, source } = file;
      if (text === undefined) {
        return { ok: false, file, problems: [{ kind: 'unreadable', detail: '', ...trouble, start: 0, end: 1 }] };
      }
      const before = this.#known.get(source);
      const read = before?.text === text ? before.read : readToolFile(text);
      known.set(source, { text, read });
      if (!read.ok) return { ok: false, file, problems: read.problems };
      const { name } = read.tool;
      const place = topLevelKeys(text).get('name') ?? { start: 0, end: 1 };
      if (this.#reserved.has(name))
        return { ok: false, file, problems: [{ kind: 'builtInName', detail: name, ...place }] };
      const other = takenBy.get(name);
      if (other !== undefined) return { ok: false, file, problems: [{ kind: 'takenName', detail: other, ...place }] };
      takenBy.set(name, source);
      return { ok: true, file, tool: read.tool };
    });
    this.#known = known;
    return listed;
  }
}
