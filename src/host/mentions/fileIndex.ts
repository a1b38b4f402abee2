import * as vscode from 'vscode';
import { type PathEntry, PathIndex } from '../../core/context/pathIndex.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { listFiles } from './listFiles.ts';

/** More are not offered; the dialog of the editor finds any. */
const mostFiles = 100_000;
/** Milliseconds that an answer waits for files that have just been changed. */
const longestWaitMs = 120;

/**
 * The files and folders of the workspace, searchable by path. Listed at first use. After that, a change lists them anew
 * at the next use, and until that is done the old list answers.
 */
export class FileIndex implements vscode.Disposable {
  #index: PathIndex | undefined;
  #listing: Promise<PathIndex> | undefined;
  #isStale = true;
  #subscriptions: vscode.Disposable[] = [];

  /** Lists the files, unless that is done. */
  prepare(): void {
    void this.#current();
  }

  async search(query: string, limit: number): Promise<PathEntry[]> {
    return (await this.#current()).search(query, limit, openPaths());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#subscriptions = [];
  }

  async #current(): Promise<PathIndex> {
    if (this.#subscriptions.length === 0) this.#watch();
    if (this.#isStale && !this.#listing) {
      this.#isStale = false;
      this.#listing = listEntries().then(
        entries => (this.#index = new PathIndex(entries)),
        () => this.#index ?? new PathIndex([]),
      );
      void this.#listing.then(() => (this.#listing = undefined));
    }
    const old = this.#index;
    if (!this.#listing) return old ?? new PathIndex([]);
    return old ? Promise.race([this.#listing, after(longestWaitMs, old)]) : this.#listing;
  }

  #watch(): void {
    const changed = (): void => {
      this.#isStale = true;
    };
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const touched = (uri: vscode.Uri): void => {
      if (!uri.path.includes('/.git/')) changed();
    };
    this.#subscriptions = [
      watcher,
      watcher.onDidCreate(touched),
      watcher.onDidDelete(touched),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('files.exclude') || event.affectsConfiguration('search.exclude')) changed();
      }),
      vscode.workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith('.gitignore')) changed();
      }),
    ];
  }
}

async function listEntries(): Promise<PathEntry[]> {
  const roots = vscode.workspace.workspaceFolders ?? [];
  const lists = await Promise.all(roots.map(({ uri }) => listFiles(uri, mostFiles)));
  return roots.flatMap(({ uri: root }, at) => {
    // `displayPath` looks up settings and folders; 50,000 times that is felt.
    const prefix = displayPath(vscode.Uri.joinPath(root, 'x')).slice(0, -1);
    const start = root.path.replace(/\/$/, '').length + 1;
    const files = lists[at] ?? [];
    const folders = new Set<string>();
    const entries = files.map((uri): PathEntry => {
      const path = uri.path.slice(start);
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        if (folders.has(path.slice(0, end))) break;
        folders.add(path.slice(0, end));
      }
      return { path: prefix + path, isFolder: false, uri: uri.toString() };
    });
    const inFolders = [...folders].map((path): PathEntry => ({
      path: prefix + path,
      isFolder: true,
      uri: vscode.Uri.joinPath(root, path).toString(),
    }));
    return [...entries, ...inFolders];
  });
}

/** The files in tabs, the active one first. */
export function openFiles(): vscode.Uri[] {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const tabs = [...all].sort((one, other) => Number(other === activeTabGroup) - Number(one === activeTabGroup));
  const uris = tabs.flatMap(group => {
    const { activeTab } = group;
    const others = group.tabs.filter(tab => tab !== activeTab);
    return (activeTab ? [activeTab, ...others] : others).flatMap(({ input }) =>
      input instanceof vscode.TabInputText ? [input.uri] : [],
    );
  });
  return uris.filter((uri, at) => uris.findIndex(other => other.toString() === uri.toString()) === at);
}

function openPaths(): Set<string> {
  return new Set(openFiles().map(displayPath));
}

function after<Value>(milliseconds: number, value: Value): Promise<Value> {
  return new Promise(resolve => setTimeout(() => resolve(value), milliseconds));
}
