import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { inLanguage } from '../../../harness/drive/inLanguage.ts';
import { Wording } from '../../../harness/drive/wording.ts';
import type { Language } from '../../../scripts/l10n/languages.ts';
import { eventually } from '../../../harness/drive/eventually.ts';
import { Chat, HistoryView } from '../../../harness/drive/workbench.ts';
import { projectRoot } from '../../../harness/editor/project.ts';
import { chatViewId } from '../../../src/host/places/surfaceIds.ts';
import type { FileDialog, InputBox } from './asking.ts';
import { BareEditor } from './bareEditor.ts';
import { BarePage, type PageServer } from './barePage.ts';
import { loadBundle } from './bundles.ts';
import { EventEmitter } from './emitter.ts';
import type { Picker } from './picker.ts';
import { Settings } from './settings.ts';
import { recordedTheme, themeOfTitle } from './theme.ts';
import { Uri } from './uri.ts';

export interface BareWorkbenchPorts {
  context: BrowserContext;
  server: PageServer;
  /** Where the extension stores. */
  folder: string;
  settings: Record<string, unknown>;
  /** Of the display. All is looked for by its English words all the same. */
  language: Language | 'en';
  translations: Record<string, string>;
}

interface Extension {
  activate: (context: unknown) => void;
  deactivate: () => Promise<void>;
}

/**
 * The built extension in this process and its chat in a tab of a browser, with nothing around it. Has the names of the
 * workbench that journeys drive, as far as there is something behind them.
 */
export class BareWorkbench {
  readonly #ports: BareWorkbenchPorts;
  /** What the editor keeps for the extension while its windows come and go. */
  readonly #globalState = new Memento();
  readonly #workspaceState = new Memento();
  readonly #secrets = new Secrets();
  /** The user's. */
  readonly #settings: Settings;
  #page: Page | undefined;
  #surfaces: { surface: BarePage; page: Promise<Page> }[] = [];
  #editor: BareEditor | undefined;
  #close: () => Promise<void> = () => Promise.resolve();
  /** Of commands. */
  readonly #failures: unknown[] = [];

  constructor(ports: BareWorkbenchPorts) {
    this.#ports = ports;
    this.#settings = new Settings(ports.settings);
  }

  get isOpen(): boolean {
    return this.#page !== undefined;
  }

  /** Only after `openChat`. */
  get page(): Page {
    assert.ok(this.#page, 'The chat is not open yet.');
    return this.#page;
  }

  /** Only after `openChat`. */
  get editor(): BareEditor {
    assert.ok(this.#editor, 'The chat is not open yet.');
    return this.#editor;
  }

  /** The chat, with the keyboard in its message. */
  async openChat(): Promise<Chat> {
    if (!this.#page) await this.#open();
    const chat = new BareChat(this.page, async () => {
      await this.#surfaces[0]?.surface.drawn();
    });
    await chat.box.click();
    return chat;
  }

  /** The conversation that the window has shown last, as it will know when the chat is opened. */
  remember(conversationId: string): void {
    void this.#workspaceState.update('openConversation', conversationId);
  }

  /** Opens a file of the workspace, and selects lines of it, 1-based and inclusive, in one piece or several. */
  openFile(path: string, ...pieces: [first: number, last: number][]): void {
    this.editor.openFile(join(this.editor.folder, path), ...pieces);
  }

  /** Changes the file that is open, in the editor alone. */
  type(change: (text: string) => string): void {
    this.editor.type(change);
  }

  /** Runs a command by its whole title, such as `Marginalia: New Conversation`; it may end much later. */
  command(title: string): Promise<void> {
    const done = Promise.resolve(this.editor.command(title));
    done.catch((error: unknown) => this.#failures.push(error));
    return Promise.resolve();
  }

  /** Waits for a message of the editor. */
  async notification(text: string): Promise<void> {
    await eventually(() => {
      const shown = this.editor.notifications.map(notification => notification.text);
      assert.ok(
        shown.some(each => each.includes(text)),
        `${text} is not among: ${shown.join(' | ')}`,
      );
    });
  }

  /** The list that is open, once it has an entry with this text. */
  async list(text: string): Promise<Picker> {
    return eventually(() => {
      const picker = this.editor.pickers.findLast(({ isOpen }) => isOpen);
      assert.ok(picker, 'No list is open.');
      assert.ok(picker.find(text), `${text} is not among: ${picker.items.map(({ label }) => label).join(' | ')}`);
      return picker;
    });
  }

  /** Chooses from the list that is open. */
  async pick(text: string): Promise<void> {
    (await this.list(text)).choose(text);
  }

  /** The box that asks for a text, such as a key. */
  async textInput(): Promise<InputBox> {
    return eventually(() => {
      const input = this.editor.inputs.findLast(({ isOpen }) => isOpen);
      assert.ok(input, 'Nothing asks for a text.');
      return input;
    });
  }

  /** The dialog that asks for a file. */
  async fileDialog(): Promise<FileDialog> {
    return eventually(() => {
      const dialog = this.editor.fileDialogs.findLast(({ isOpen }) => isOpen);
      assert.ok(dialog, 'Nothing asks for a file.');
      return dialog;
    });
  }

  /** Shows all conversations. */
  async openHistory(): Promise<HistoryView> {
    await this.command('Marginalia: Open Conversation…');
    const history = new HistoryView(this.page.mainFrame());
    await history.panel.waitFor();
    return history;
  }

  /** Opens a conversation from the list. */
  async openConversation(title: string): Promise<void> {
    const history = await this.openHistory();
    await history.row(title).first().click();
  }

  /** Presses a button of a message of the editor. */
  async press(text: string, button: string): Promise<void> {
    await this.notification(text);
    this.editor.notifications.findLast(notification => notification.text.includes(text))?.press(button);
  }

  /** Closes a message of the editor without an answer. */
  async leave(text: string): Promise<void> {
    await this.notification(text);
    this.editor.notifications.findLast(notification => notification.text.includes(text))?.leave();
  }

  /** The page of the panel that was opened last, once it shows what the selector means. */
  async panel(selector: string): Promise<Page> {
    return eventually(async () => {
      const page = await this.#surfaces.findLast(({ surface }) => surface.visible)?.page;
      assert.ok(page && (await page.locator(selector).first().isVisible()), `No panel shows ${selector}.`);
      return page;
    });
  }

  /** The list of requests, once it is open and shows one. */
  async inspector(): Promise<Page> {
    await this.command('Marginalia: Show Requests');
    return this.panel('.exchange');
  }

  async changeSettings(settings: Record<string, unknown>): Promise<void> {
    this.#settings.change(settings);
    if ('workbench.colorTheme' in settings || 'workbench.reduceMotion' in settings) {
      for (const { surface } of this.#surfaces) if (surface.visible) await surface.dress(this.#theme, this.#classes);
    }
  }

  /** Ends the extension and the page, and begins both anew, as the window does. */
  async reload(): Promise<void> {
    await this.close();
    await this.#open();
  }

  async close(): Promise<void> {
    await this.#close();
    const surfaces = this.#surfaces.splice(0);
    for (const { surface } of surfaces) surface.dispose();
    await Promise.all(surfaces.map(async ({ page }) => (await page).close()));
    this.#page = undefined;
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  get #theme() {
    return recordedTheme(themeOfTitle(this.#settings.get('workbench.colorTheme')));
  }

  get #classes(): string[] {
    return this.#settings.get('workbench.reduceMotion') === 'on' ? ['vscode-reduce-motion'] : [];
  }

  #show(): { surface: BarePage; page: Promise<Page> } {
    const { context, server } = this.#ports;
    const page = context.newPage();
    const shown = { surface: new BarePage(page, server, this.#theme, this.#classes), page };
    this.#surfaces.push(shown);
    return shown;
  }

  async #open(): Promise<void> {
    const { folder, language, translations } = this.#ports;
    const { surface, page: opened } = this.#show();
    const page = await opened;
    this.#page = language === 'en' ? page : inLanguage(page, new Wording(language));
    const clipboard = {
      readText: () => page.evaluate<string>('navigator.clipboard.readText()'),
      writeText: (text: string) => page.evaluate<undefined>(`navigator.clipboard.writeText(${JSON.stringify(text)})`),
    };
    const editor = new BareEditor({
      settings: this.#settings,
      language,
      translations,
      clipboard,
      openPanel: () => this.#show().surface,
    });
    this.#editor = editor;
    const subscriptions: { dispose: () => unknown }[] = [];
    const { activate, deactivate } = loadBundle('extension.cjs', editor.api) as Extension;
    activate({
      extensionUri: Uri.file(projectRoot),
      extension: { packageJSON: JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as unknown },
      globalStorageUri: Uri.file(join(folder, 'data/User/globalStorage/marginalia.marginalia')),
      globalState: this.#globalState,
      workspaceState: this.#workspaceState,
      secrets: this.#secrets,
      subscriptions,
    });
    this.#close = async () => {
      await deactivate();
      for (const subscription of subscriptions.reverse()) subscription.dispose();
    };
    const provider = editor.viewProviders.get(chatViewId);
    assert.ok(provider, 'The chat is not registered.');
    provider.resolveWebviewView(surface);
    await this.page.getByRole('textbox', { name: 'Message' }).waitFor();
  }
}

/** Here the host may be ahead of the page by more than the workbench around a journey would let it. */
class BareChat extends Chat {
  readonly #drawn: () => Promise<void>;

  constructor(page: Page, drawn: () => Promise<void>) {
    super(page, page.mainFrame());
    this.#drawn = drawn;
  }

  /** Of an answer that has been asked for by now. */
  override async idle(): Promise<void> {
    await this.#drawn();
    await super.idle();
  }
}

/** As the editor's: values go through text. */
class Memento {
  readonly #values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string, fallback?: unknown): unknown {
    const value = this.#values.get(key);
    return value === undefined ? fallback : JSON.parse(value);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

class Secrets {
  readonly #values = new Map<string, string>();
  readonly #changed = new EventEmitter<{ key: string }>();
  readonly onDidChange = this.#changed.event;

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.#values.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
    this.#changed.fire({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.#values.delete(key);
    this.#changed.fire({ key });
    return Promise.resolve();
  }
}
