import { type FSWatcher, watch } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { basename, dirname } from 'node:path';

/** Milliseconds that what is written at once may take: it is heard of once. */
const gatherMs = 100;
/** Milliseconds between two looks where the system can't watch the folder. */
const lookMs = 2_000;

/**
 * Hears of what other windows write into the database. The system tells when the files at `path` change; whether that was
 * this connection itself, SQLite knows. Keeps no process alive.
 */
export class OtherWriters {
  readonly #database: DatabaseSync;
  readonly #heard: () => void;
  #version: unknown;
  #watcher: FSWatcher | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(database: DatabaseSync, path: string, heard: () => void) {
    this.#database = database;
    this.#heard = heard;
    this.#version = this.#readVersion();
    if (path !== ':memory:') this.#watch(path);
  }

  close(): void {
    this.#watcher?.close();
    clearTimeout(this.#gathering);
    clearInterval(this.#looking);
  }

  /** The folder, as the log beside the file comes and goes. */
  #watch(path: string): void {
    try {
      this.#watcher = watch(dirname(path), { persistent: false }, (_, name) => {
        if (name === null || name.startsWith(basename(path))) this.#lookSoon();
      });
      this.#watcher.on('error', () => this.#lookAgainAndAgain());
    } catch {
      // There are as many watchers as the system allows, or its files are elsewhere.
      this.#lookAgainAndAgain();
    }
  }

  #lookAgainAndAgain(): void {
    this.#watcher?.close();
    this.#looking ??= setInterval(() => this.#look(), lookMs);
    this.#looking.unref();
  }

  #lookSoon(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#look();
    }, gatherMs);
    this.#gathering.unref();
  }

  #look(): void {
    const version = this.#readVersion();
    if (version === this.#version) return;
    this.#version = version;
    this.#heard();
  }

  /** Another number once another connection has written; the same while the file can't be read. */
  #readVersion(): unknown {
    try {
      return this.#database.prepare('PRAGMA data_version').get()?.['data_version'];
    } catch {
      return this.#version;
    }
  }
}
