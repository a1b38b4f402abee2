import type * as vscode from 'vscode';
import { environmentKey, type KeySource, secretName } from '../../core/endpoint/keySource.ts';
import { messageOf } from '../../shared/messageOf.ts';

export interface FoundKey {
  /** Empty where there is none. */
  key: string;
  source: KeySource;
  failure?: string;
}

/** The keys, by origin. They live in the editor's secret storage and nowhere else. */
export class ApiKeys {
  readonly #secrets: vscode.SecretStorage;
  /** Keys that the secret storage took and did not give back: kept until the window closes. */
  readonly #sessionKeys = new Map<string, string>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Never rejects: `failure` says why the storage could not be read, where no other key serves either. */
  async find(origin: string): Promise<FoundKey> {
    const { stored, failure } = await this.#read(origin);
    const kept = stored ?? this.#sessionKeys.get(origin);
    if (kept) return { key: kept, source: 'stored' };
    const key = environmentKey(origin, process.env);
    if (key) return { key, source: 'environment' };
    return { key: '', source: 'missing', ...(failure !== undefined && { failure }) };
  }

  async #read(origin: string): Promise<{ stored?: string | undefined; failure?: string }> {
    try {
      return { stored: await this.#secrets.get(secretName(origin)) };
    } catch (error) {
      // No keyring, or a locked one.
      return { failure: messageOf(error) };
    }
  }

  /** Stores the key and reads it back: on some systems the storage silently keeps nothing. */
  async store(origin: string, key: string): Promise<'stored' | 'sessionOnly'> {
    try {
      await this.#secrets.store(secretName(origin), key);
      if ((await this.#secrets.get(secretName(origin))) === key) {
        this.#sessionKeys.delete(origin);
        return 'stored';
      }
    } catch {
      // No keyring, or a locked one: the key below serves this window.
    }
    this.#sessionKeys.set(origin, key);
    return 'sessionOnly';
  }

  async remove(origin: string): Promise<void> {
    this.#sessionKeys.delete(origin);
    await this.#secrets.delete(secretName(origin));
  }

  onChange(listener: () => void): vscode.Disposable {
    return this.#secrets.onDidChange(event => {
      if (event.key.startsWith(secretName(''))) listener();
    });
  }
}
