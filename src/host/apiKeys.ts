import * as vscode from 'vscode';
import { environmentKey, type KeySource, secretName } from '../core/messages/keySource.ts';

/** The keys, by origin. They live in the editor's secret storage and nowhere else. */
export class ApiKeys {
  readonly #secrets: vscode.SecretStorage;
  /** Keys that the secret storage took and did not give back: kept until the window closes. */
  readonly #sessionKeys = new Map<string, string>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  async find(origin: string): Promise<{ key: string; source: KeySource }> {
    const stored = (await this.#secrets.get(secretName(origin))) ?? this.#sessionKeys.get(origin);
    if (stored) return { key: stored, source: 'stored' };
    const key = environmentKey(origin, process.env);
    return key ? { key, source: 'environment' } : { key: '', source: 'missing' };
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
