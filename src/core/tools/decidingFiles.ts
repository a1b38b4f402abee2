import { isFields } from '../../shared/json.ts';
import { isRunByItself } from './runByItself.ts';

/** Where it is kept: in the user's storage, for this workspace. */
export interface DecidingStorage {
  read: () => unknown;
  write: (value: unknown) => PromiseLike<void>;
}

/** Of each kind; more are forgotten from the oldest on, and with them that a command was looked at. */
const mostKept = 200;

interface Kept {
  /** Grows with each change. */
  count: number;
  /** The last change of each file, by its path. */
  changed: Record<string, number>;
  /** Up to which change the user has known what this would run. */
  known: Record<string, number>;
}

/**
 * Which files that decide what commands run tools have changed, and since when the user has allowed a command: a rule that
 * allows `npm test` means what it ran when that was said. Outlives the window.
 */
export class DecidingFiles {
  readonly #storage: DecidingStorage;

  constructor(storage: DecidingStorage) {
    this.#storage = storage;
  }

  /** Tools have changed these, or are about to. `isDeciding`: known to decide, whatever their names say. */
  async changed(paths: readonly string[], isDeciding = false): Promise<void> {
    const deciding = paths.filter(path => isDeciding || isRunByItself(path));
    if (deciding.length === 0) return;
    const { count, changed, known } = this.#read();
    const now = { ...changed };
    for (const [at, path] of deciding.entries()) now[path] = count + at + 1;
    await this.#storage.write({ count: count + deciding.length, changed: latest(now), known });
  }

  /** Those that were changed since the user has allowed such a command, or ever; the last one first. */
  since(command: string): string[] {
    const { changed, known } = this.#read();
    const from = known[command] ?? 0;
    const later = Object.entries(changed).filter(([, at]) => at > from);
    return later.sort(([, one], [, other]) => other - one).map(([path]) => path);
  }

  /** The user has allowed such a command, knowing what was changed. */
  async allowed(command: string): Promise<void> {
    const { count, changed, known } = this.#read();
    if (count > 0) await this.#storage.write({ count, changed, known: latest({ ...known, [command]: count }) });
  }

  #read(): Kept {
    const stored = this.#storage.read();
    const { count, changed, known } = isFields(stored) ? stored : {};
    return { count: typeof count === 'number' ? count : 0, changed: numbersIn(changed), known: numbersIn(known) };
  }
}

function numbersIn(value: unknown): Record<string, number> {
  const entries = isFields(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.flatMap(([key, at]) => (typeof at === 'number' ? [[key, at] as const] : [])));
}

function latest(entries: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(entries)
      .sort(([, one], [, other]) => other - one)
      .slice(0, mostKept),
  );
}
