import * as vscode from 'vscode';
import {
  type LeftOut,
  mostRuleCharacters,
  readRules,
  type RuleFile,
  ruleFiles,
} from '../../core/context/projectRules.ts';
import type { RulesOfFolder } from '../../shared/rules.ts';
import { displayPath } from './excerpts.ts';
import { textWithin } from './bytesWithin.ts';
import { realPlaceOf } from './realPlaces.ts';
import { pickOne, showInformation, showWarning } from '../show.ts';

const memoryKey = 'rulesInEffect';

/**
 * The rules of the folders that are open, and which of them the user has switched on. Nothing is read before that, and
 * nothing in a workspace that is not trusted. What is read stays in memory until a file changes.
 */
export class ProjectRules implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onChange = this.#changed.event;
  #watched: vscode.Disposable[] = [];
  readonly #registered: vscode.Disposable;
  #folders: Promise<RulesOfFolder[]> | undefined;
  #files: Promise<RuleFile[]> | undefined;
  /** Files that are left out, named once. */
  readonly #told = new Set<string>();

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#registered = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#watch();
        this.#forget();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#forget()),
    );
    this.#watch();
  }

  /** The folders that have rules. */
  folders(): Promise<RulesOfFolder[]> {
    return (this.#folders ??= this.#find());
  }

  /** What is in effect, for one request. */
  inEffect(): Promise<RuleFile[]> {
    return (this.#files ??= this.#read());
  }

  /** Switches the rules of the only folder that has some on or off; asks for which where there are several. */
  async toggle(): Promise<void> {
    const folders = await this.folders();
    const [only] = folders;
    if (!only) {
      void showInformation(
        vscode.l10n.t('There are no rules in this workspace. They stand in {0}.', ruleFiles.join(', ')),
      );
      return;
    }
    const folder = folders.length === 1 ? only : await pickFolder(folders);
    if (!folder) return;
    const others = folders.filter(({ isOn }) => isOn).filter(other => other !== folder);
    const on = folder.isOn ? others : [...others, folder];
    await this.#memento.update(
      memoryKey,
      on.map(entry => entry.folder),
    );
    this.#forget();
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
    for (const watched of this.#watched) watched.dispose();
  }

  async #find(): Promise<RulesOfFolder[]> {
    if (!vscode.workspace.isTrusted) return [];
    const on = this.#memento.get<unknown>(memoryKey);
    const folders = await Promise.all(
      (vscode.workspace.workspaceFolders ?? []).map(async ({ uri }) => {
        const files = await Promise.all(ruleFiles.map(name => existing(vscode.Uri.joinPath(uri, name))));
        const paths = files.flatMap(file => (file ? [displayPath(file)] : []));
        const folder = uri.toString();
        return { folder, files: paths, isOn: Array.isArray(on) && on.includes(folder) };
      }),
    );
    return folders.filter(({ files }) => files.length > 0);
  }

  async #read(): Promise<RuleFile[]> {
    const on = (await this.folders()).filter(({ isOn }) => isOn).map(({ folder }) => vscode.Uri.parse(folder, true));
    const found = await Promise.all(
      on.flatMap(folder => ruleFiles.map(name => existing(vscode.Uri.joinPath(folder, name)))),
    );
    const files = new Map(found.flatMap(file => (file ? [[displayPath(file), file] as const] : [])));
    const read = async (path: string): Promise<string | undefined> => {
      const file = files.get(path);
      return file ? textWithin(file, mostRuleCharacters * 4) : '';
    };
    return readRules([...files.keys()], read, (path, why) => this.#tell(path, why));
  }

  #tell(path: string, why: LeftOut): void {
    if (this.#told.has(path)) return;
    this.#told.add(path);
    void showWarning(
      why === 'tooLong'
        ? vscode.l10n.t('{0} is too long to go along with every message: its rules are left out.', path)
        : vscode.l10n.t('{0} can’t be read: its rules are left out.', path),
    );
  }

  #watch(): void {
    for (const watched of this.#watched) watched.dispose();
    const forget = (): void => this.#forget();
    this.#watched = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      // Patterns without a slash have the editor watch one folder and none of those below it.
      [
        new vscode.RelativePattern(uri, '{AGENTS,CLAUDE}.md'),
        new vscode.RelativePattern(vscode.Uri.joinPath(uri, '.github'), 'copilot-instructions.md'),
      ].flatMap(pattern => {
        const watcher = vscode.workspace.createFileSystemWatcher(pattern);
        return [watcher, watcher.onDidCreate(forget), watcher.onDidChange(forget), watcher.onDidDelete(forget)];
      }),
    );
  }

  #forget(): void {
    this.#folders = undefined;
    this.#files = undefined;
    this.#changed.fire();
  }
}

async function pickFolder(folders: readonly RulesOfFolder[]): Promise<RulesOfFolder | undefined> {
  const items = folders.map(folder => ({
    label: folder.files.join(', '),
    description: folder.isOn ? vscode.l10n.t('in effect') : '',
    folder,
  }));
  const picked = await pickOne(items, { placeHolder: vscode.l10n.t('Whose rules are switched on or off?') });
  return picked?.folder;
}

/** Undefined where there is none, or where it is a link that leads out of the folders that are open. */
async function existing(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    return (await realPlaceOf(uri)).isOutside ? undefined : uri;
  } catch {
    return undefined;
  }
}
