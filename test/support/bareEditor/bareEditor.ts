import { classes, type RelativePattern } from './classes.ts';
import { Range, sampleWorkspace, TextDocument } from './document.ts';
import { EventEmitter, type Disposable } from './emitter.ts';
import { globSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { FileDialog, InputBox, type InputOptions, Progress } from './asking.ts';
import { Picker, type PickItem } from './picker.ts';
import { commandsByTitle, Settings } from './settings.ts';
import { enumsOfApi, namesOfApi } from './typings.ts';
import { Uri } from './uri.ts';

type Part = Record<string, unknown>;

export interface BareEditorPorts {
  settings: Settings;
  language: string;
  /** Of the extension, in the display language. */
  translations: Record<string, string>;
  /** A page of its own, for a panel. */
  openPanel: () => unknown;
  clipboard: { readText: () => Promise<string>; writeText: (text: string) => Promise<void> };
}

/** A message of the editor that stands there until a button is pressed or it is closed. */
export interface Notification {
  text: string;
  /** What stands below the text of one that has to be answered; empty for all others. */
  detail: string;
  press: (button: string) => void;
  /** Closes it without an answer, as Escape does. */
  leave: () => void;
}

/** What gives a document that is no file its text. */
interface ContentProvider {
  provideTextDocumentContent: (uri: Uri) => string | Promise<string>;
}

/** What a webview view is registered with. */
export interface ViewProvider {
  resolveWebviewView: (view: unknown) => void;
}

/**
 * The editor without a workbench, as far as the chat's host needs one to draw its view: settings over the manifest's
 * defaults, commands, messages, translations, events. What it is given it keeps, and nothing is made up; whatever it
 * does not have throws where it is called, with its name: a test that needs it needs the editor, and is a journey.
 */
export class BareEditor {
  readonly settings: Settings;
  readonly notifications: Notification[] = [];
  /** All that were ever made. */
  readonly pickers: Picker[] = [];
  readonly inputs: InputBox[] = [];
  readonly fileDialogs: FileDialog[] = [];
  readonly progresses: Progress[] = [];
  /** Addresses that were opened in the browser. */
  readonly opened: string[] = [];
  readonly log: string[] = [];
  readonly viewProviders = new Map<string, ViewProvider>();
  /** The module that is loaded in the place of `vscode`. */
  readonly api: Part;
  /** What a command of the editor's menus would be about. */
  activeTextEditor: { document: TextDocument; selection: Range; selections: Range[] } | undefined;
  /** None until it is opened. */
  #folder: string | undefined;
  readonly #editorChanged = new EventEmitter<BareEditor['activeTextEditor']>();
  readonly #textChanged = new EventEmitter<{ document: TextDocument }>();
  readonly #documents: TextDocument[] = [];
  readonly #providers = new Map<string, ContentProvider>();
  readonly #commands = new Map<string, (...args: unknown[]) => unknown>();
  /** What was run of the editor's own, by name. */
  readonly ran: unknown[][] = [];

  constructor(ports: BareEditorPorts) {
    this.settings = ports.settings;
    const known: Part = { ...classes, ...this.#parts(ports) };
    this.api = Object.fromEntries(namesOfApi.map(name => [name, known[name] ?? enumsOfApi[name] ?? missing(name)]));
  }

  /** Runs a command by its whole title, such as `Marginalia: New Conversation`. */
  command(title: string): unknown {
    const id = commandsByTitle.get(title);
    const command = id === undefined ? undefined : this.#commands.get(id);
    if (!command) throw new Error(`There is no command “${title}”.`);
    return command();
  }

  /** Opens a file and selects lines of it, 1-based and inclusive, in one piece or several. */
  openFile(path: string, ...pieces: [first: number, last: number][]): void {
    const [first = new Range(0, 0, 0, 0), ...others] = pieces.map(lines => new Range(lines[0] - 1, 0, lines[1], 0));
    this.#activate(this.#openedFile(path), [first, ...others]);
  }

  /** Changes the file that is open, which nothing is saved of. */
  type(change: (text: string) => string): void {
    const document = this.activeTextEditor?.document;
    if (!document) throw new Error('No file is open.');
    document.type(change(document.getText()));
    this.#textChanged.fire({ document });
  }

  /** The folder that is open; before that, the sample workspace, in which files lie. */
  get folder(): string {
    return this.#folder ?? sampleWorkspace;
  }

  /** Opens the sample workspace. Its files can be read, and nothing of it is changed. */
  openFolder(path = sampleWorkspace): void {
    this.#folder = path;
  }

  #activate(document: TextDocument, [selection, ...others]: [Range, ...Range[]]): unknown {
    this.activeTextEditor = { document, selection, selections: [selection, ...others] };
    this.#editorChanged.fire(this.activeTextEditor);
    return this.activeTextEditor;
  }

  #openedFile(path: string): TextDocument {
    const known = this.#documents.find(({ uri }) => uri.fsPath === path);
    const document = known ?? TextDocument.ofFile(path);
    if (!known) this.#documents.push(document);
    return document;
  }

  async #opened(uri: Uri): Promise<TextDocument> {
    if (uri.scheme === 'file') return this.#openedFile(uri.fsPath);
    const provider = this.#providers.get(uri.scheme);
    if (!provider) throw new Error(`Nothing provides documents of the scheme ${uri.scheme}.`);
    return new TextDocument(uri, await provider.provideTextDocumentContent(uri));
  }

  #parts({ language, translations, clipboard, openPanel }: BareEditorPorts): Part {
    const { settings } = this;
    const activeTextEditor = () => this.activeTextEditor;
    const folders = () => (this.#folder === undefined ? undefined : [folderOf(this.#folder)]);
    const say = (text: string, ...rest: unknown[]): Promise<unknown> => this.#say(text, rest);
    return {
      env: part('env', {
        language,
        clipboard,
        remoteName: undefined,
        uiKind: enumsOfApi['UIKind']?.['Desktop'],
        asExternalUri: (uri: Uri) => Promise.resolve(uri),
        openExternal: (uri: Uri | string) => Promise.resolve(this.opened.push(uri.toString()) > 0),
      }),
      l10n: part('l10n', {
        bundle: translations,
        t: (text: string, ...args: unknown[]) =>
          (translations[text] ?? text).replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
      }),
      commands: part('commands', {
        registerCommand: (id: string, run: (...args: unknown[]) => unknown) => {
          this.#commands.set(id, run);
          return { dispose: () => this.#commands.delete(id) };
        },
        executeCommand: (id: string, ...args: unknown[]) => {
          const command = this.#commands.get(id);
          if (!command) this.ran.push([id, ...args]);
          return Promise.resolve(command?.(...args));
        },
      }),
      workspace: part('workspace', {
        isTrusted: true,
        get workspaceFolders() {
          return folders();
        },
        getWorkspaceFolder: (uri: Uri) => folders()?.find(folder => `${uri.path}/`.startsWith(`${folder.uri.path}/`)),
        findFiles: ({ base, pattern }: RelativePattern, exclude?: string, limit?: number) =>
          Promise.resolve(filesIn(base, pattern, exclude).slice(0, limit)),
        fs: part('fs', {
          stat: (uri: Uri) => Promise.resolve().then(() => statOf(uri.fsPath)),
          readDirectory: (uri: Uri) => Promise.resolve().then(() => entriesOf(uri.fsPath)),
          readFile: (uri: Uri) => Promise.resolve().then(() => new Uint8Array(readFileSync(uri.fsPath))),
          writeFile: (uri: Uri, content: Uint8Array) => writeFile(uri.fsPath, content),
        }),
        notebookDocuments: [],
        asRelativePath: (uri: Uri) => relative(this.folder, uri.fsPath),
        openTextDocument: (uri: Uri) => this.#opened(uri),
        textDocuments: this.#documents,
        // Nobody else changes the files of a test.
        createFileSystemWatcher: () => ({
          onDidCreate: registered,
          onDidChange: registered,
          onDidDelete: registered,
          dispose: nothing,
        }),
        getConfiguration: (section?: string) => settings.section(section),
        onDidChangeConfiguration: settings.onDidChange,
        registerTextDocumentContentProvider: (scheme: string, provider: ContentProvider) => {
          this.#providers.set(scheme, provider);
          return { dispose: () => this.#providers.delete(scheme) };
        },
        registerFileSystemProvider: registered,
        ...events('WorkspaceFolders'),
        onDidChangeTextDocument: this.#textChanged.event,
        onDidOpenTextDocument: registered,
        onDidCloseTextDocument: registered,
        onDidSaveTextDocument: registered,
        onDidGrantWorkspaceTrust: registered,
      }),
      window: part('window', {
        get activeTextEditor() {
          return activeTextEditor();
        },
        onDidChangeActiveTextEditor: this.#editorChanged.event,
        activeTerminal: undefined,
        visibleTextEditors: [],
        activeColorTheme: { kind: 2 },
        state: { focused: true, active: true },
        tabGroups: { all: [], activeTabGroup: {}, onDidChangeTabs: registered, close: () => Promise.resolve(true) },
        createOutputChannel: () => this.#channel(),
        createStatusBarItem: () => ({ show: nothing, hide: nothing, dispose: nothing }),
        registerWebviewViewProvider: (id: string, provider: ViewProvider) => {
          this.viewProviders.set(id, provider);
          return { dispose: () => this.viewProviders.delete(id) };
        },
        registerWebviewPanelSerializer: registered,
        showInformationMessage: say,
        showWarningMessage: say,
        showErrorMessage: say,
        setStatusBarMessage: registered,
        createWebviewPanel: openPanel,
        createQuickPick: () => this.#picker(),
        showQuickPick: (items: PickItem[] | Promise<PickItem[]>) => this.#pickOne(items),
        showInputBox: (options: InputOptions) => shownIn(this.inputs, new InputBox(options)).entered,
        showSaveDialog: (options: { defaultUri?: Uri }) =>
          shownIn(this.fileDialogs, new FileDialog(options.defaultUri)).chosen,
        showOpenDialog: async (options: { defaultUri?: Uri }) => {
          const chosen = await shownIn(this.fileDialogs, new FileDialog(options.defaultUri)).chosen;
          return chosen && [chosen];
        },
        showTextDocument: async (shown: Uri | TextDocument, options: { selection?: Range } = {}) =>
          this.#activate(shown instanceof TextDocument ? shown : await this.#opened(shown), [
            options.selection ?? new Range(0, 0, 0, 0),
          ]),
        withProgress: (options: { title?: string }, task: (progress: unknown, token: unknown) => unknown) => {
          const progress = shownIn(this.progresses, new Progress(options.title ?? ''));
          return task({ report: nothing }, progress.token);
        },
        ...events('TextEditorSelection', 'ActiveColorTheme', 'WindowState', 'TerminalShellIntegration'),
      }),
      languages: part('languages', {
        registerCodeActionsProvider: registered,
        createDiagnosticCollection: () => Object.assign(new Map(), { dispose: nothing }),
        getDiagnostics: () => [],
      }),
      // There is no other extension.
      lm: part('lm', { tools: [] }),
      comments: part('comments', {
        createCommentController: () => ({
          createCommentThread: (uri: Uri, range: Range, comments: unknown[]) => ({
            uri,
            range,
            comments,
            dispose: nothing,
          }),
          dispose: nothing,
        }),
      }),
      extensions: part('extensions', { all: [], getExtension: nothing }),
    };
  }

  /** Resolves with the button that is pressed. */
  #say(text: string, rest: unknown[]): Promise<unknown> {
    // What keeps names from being links and icons is not seen.
    const shown = text.replaceAll('\u200b', '');
    this.log.push(shown);
    return new Promise(resolve => {
      const press = (button: string): void => {
        const chosen = rest.find(each => titleOf(each) === button);
        if (chosen === undefined) throw new Error(`“${shown}” has no button “${button}”.`);
        resolve(chosen);
      };
      this.notifications.push({ text: shown, detail: detailIn(rest), press, leave: () => resolve(undefined) });
    });
  }

  #picker(): Picker {
    const picker = new Picker();
    this.pickers.push(picker);
    return picker;
  }

  async #pickOne(items: PickItem[] | Promise<PickItem[]>): Promise<PickItem | undefined> {
    const picker = this.#picker();
    picker.show();
    picker.items = await items;
    return new Promise(resolve => {
      picker.onDidAccept(() => {
        resolve(picker.selectedItems[0]);
        picker.hide();
      });
      picker.onDidHide(() => resolve(undefined));
    });
  }

  #channel(): Part {
    const write = (...words: unknown[]): void => void this.log.push(words.map(String).join(' '));
    return {
      trace: write,
      debug: write,
      info: write,
      warn: write,
      error: write,
      append: write,
      appendLine: write,
      dispose: nothing,
    };
  }
}

/** Of a button, which is a text or has one. */
function titleOf(button: unknown): string | undefined {
  const title = typeof button === 'object' && button !== null && 'title' in button ? button.title : button;
  return typeof title === 'string' ? title.replaceAll('\u200b', '') : undefined;
}

function shownIn<Thing>(all: Thing[], thing: Thing): Thing {
  all.push(thing);
  return thing;
}

const nothing = (): undefined => undefined;
/** Of what is never called, since there is no workbench that would. */
const registered = (): Disposable => ({ dispose: nothing });

/** Events that do not happen without a workbench. */
function events(...names: string[]): Part {
  return Object.fromEntries(names.map(name => [`onDidChange${name}`, registered]));
}

/** A part of the API; what it lacks throws once it is called. */
function part(name: string, members: Part): unknown {
  return new Proxy(members, {
    get: (target, key) => (key in target ? target[key as string] : missing(`${name}.${String(key)}`)),
  });
}

function missing(name: string): unknown {
  return function () {
    throw new Error(`The bare editor has no ${name}: what needs it is shown in a journey.`);
  };
}

function folderOf(path: string): { uri: Uri; name: string; index: number } {
  return { uri: Uri.file(path), name: basename(path), index: 0 };
}

function filesIn(base: string, pattern: string, exclude?: string): Uri[] {
  // To the editor a name that begins with a dot is one like any other.
  const patterns = pattern === '**/*' ? [pattern, '**/.*', '**/.*/**/*'] : [pattern];
  const paths = globSync(patterns, { cwd: base, ...(exclude !== undefined && { exclude: [exclude] }) });
  return paths
    .map(path => join(base, path))
    .filter(path => statSync(path).isFile())
    .map(path => Uri.file(path));
}

function entriesOf(path: string): [name: string, type: number][] {
  return readdirSync(path).map(name => [name, statOf(join(path, name)).type]);
}

/** Of a link, what it leads to, with a mark of the link. */
function statOf(path: string): { type: number; size: number } {
  const stats = statSync(path);
  const link = lstatSync(path).isSymbolicLink() ? 64 : 0;
  return { type: link | (stats.isDirectory() ? 2 : 1), size: stats.size };
}

function detailIn(rest: readonly unknown[]): string {
  const [options] = rest;
  const has = typeof options === 'object' && options !== null && 'detail' in options;
  return has && typeof options.detail === 'string' ? options.detail.replaceAll('\u200b', '') : '';
}
