import { dirname } from 'node:path/posix';
import * as vscode from 'vscode';
import type { Prompt } from '../../core/prompts/prompt.ts';
import { longestPrompt, type PromptFileProblem, readPromptFile } from '../../core/prompts/promptFile.ts';
import { textWithin } from '../workspace/bytesWithin.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';

/** Where a workspace keeps its prompts, and what their files end in. */
const places = [
  { folder: '.github/prompts', ending: '.prompt.md' },
  { folder: '.marginalia/prompts', ending: '.md' },
];
const mostFiles = 200;

/** The prompts in the files of the workspace; none of a workspace that is not trusted. Read at first use, then watched. */
export class PromptFiles implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed: () => void;
  #read: Promise<Prompt[]> | undefined;
  #watchers: vscode.Disposable[] = [];

  constructor(log: vscode.LogOutputChannel, changed: () => void) {
    this.#log = log;
    this.#changed = changed;
  }

  read(): Promise<Prompt[]> {
    if (this.#watchers.length === 0) this.#watch();
    return (this.#read ??= this.#readAll());
  }

  dispose(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
  }

  #watch(): void {
    const forget = (): void => {
      this.#read = undefined;
      this.#changed();
    };
    const again = (): void => {
      this.dispose();
      forget();
    };
    this.#watchers = [
      vscode.workspace.onDidGrantWorkspaceTrust(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
    ];
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      // The folders too: files of one that has just been made are not all told of.
      const watched = places.flatMap(({ folder: path, ending }) => [dirname(path), path, `${path}/*${ending}`]);
      const pattern = new vscode.RelativePattern(folder, `{${watched.join(',')}}`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      this.#watchers.push(
        watcher,
        watcher.onDidCreate(forget),
        watcher.onDidChange(forget),
        watcher.onDidDelete(forget),
      );
    }
  }

  async #readAll(): Promise<Prompt[]> {
    if (!vscode.workspace.isTrusted) return [];
    const folders = vscode.workspace.workspaceFolders ?? [];
    const files = await Promise.all(
      folders.flatMap(folder =>
        places.map(place => listFiles(vscode.Uri.joinPath(folder.uri, place.folder), place.ending)),
      ),
    );
    const prompts = await Promise.all(
      files
        .flat()
        .slice(0, mostFiles)
        .map(uri => this.#readFile(uri)),
    );
    return prompts.filter(prompt => prompt !== undefined);
  }

  async #readFile(uri: vscode.Uri): Promise<Prompt | undefined> {
    const path = displayPath(uri);
    if ((await realPlaceOf(uri)).isOutside) {
      this.#log.warn(`${path} is no prompt: it leads out of the workspace.`);
      return undefined;
    }
    const read = await readText(uri).then(
      text => readPromptFile(path, text),
      () => ({ ok: false, problem: 'unreadable' }) as const,
    );
    if (read.ok) return read.prompt;
    this.#log.warn(`${path} is no prompt: ${reasons[read.problem]}.`);
    return undefined;
  }
}

const reasons: Record<PromptFileProblem | 'unreadable', string> = {
  noName: 'its name is not one that can stand after a slash',
  noText: 'it holds no text to send',
  tooLong: `it is longer than ${longestPrompt} characters`,
  unreadable: 'it is too large or cannot be read',
};

/** A character takes up to four bytes; more than the longest prompt's are not read at all. */
async function readText(uri: vscode.Uri): Promise<string> {
  const text = await textWithin(uri, longestPrompt * 4);
  if (text === undefined) throw new Error('The file is too large.');
  return text;
}

async function listFiles(folder: vscode.Uri, ending: string): Promise<vscode.Uri[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && name.toLowerCase().endsWith(ending))
      .map(([name]) => vscode.Uri.joinPath(folder, name))
      .sort((one, other) => one.path.localeCompare(other.path));
  } catch {
    // Most workspaces have no such folder.
    return [];
  }
}
