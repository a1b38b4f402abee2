import type * as vscode from 'vscode';
import { parseRecordings, type RecordedResult, type Recordings, withRecording } from '../../core/tools/recordings.ts';
import type { FoundToolFile } from '../../core/tools/toolList.ts';
import { type Fields, isFields } from '../../shared/json.ts';

const resultsKey = 'toolRecordings';
const replaysKey = 'toolReplays';

type Origin = FoundToolFile['origin'];

/** The results of tools that the user has recorded, and of which tools they are the answers: in the user's storage. */
export class ToolRecordings {
  readonly #mementos: Record<Origin, vscode.Memento>;

  constructor(mementos: Record<Origin, vscode.Memento>) {
    this.#mementos = mementos;
  }

  of({ origin, source }: FoundToolFile): Recordings {
    return parseRecordings(this.#read(origin, resultsKey)[source]);
  }

  async add(file: FoundToolFile, input: Fields, result: RecordedResult): Promise<void> {
    await this.#write(file, resultsKey, withRecording(this.of(file), input, result));
  }

  async forget(file: FoundToolFile): Promise<void> {
    await this.#write(file, resultsKey, undefined);
  }

  /** Undefined where the user has not said: then the file counts. */
  replays({ origin, source }: FoundToolFile): boolean | undefined {
    const stored = this.#read(origin, replaysKey)[source];
    return typeof stored === 'boolean' ? stored : undefined;
  }

  async setReplays(file: FoundToolFile, replays: boolean): Promise<void> {
    await this.#write(file, replaysKey, replays);
  }

  async #write({ origin, source }: FoundToolFile, key: string, value: unknown): Promise<void> {
    await this.#mementos[origin].update(key, { ...this.#read(origin, key), [source]: value });
  }

  #read(origin: Origin, key: string): Record<string, unknown> {
    const stored = this.#mementos[origin].get<unknown>(key);
    return isFields(stored) ? stored : {};
  }
}
