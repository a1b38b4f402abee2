import * as vscode from 'vscode';
import type { CodeColours } from '../../shared/codeColours.ts';
import type { RulesOfFolder } from '../../shared/rules.ts';
import { type FromView, parseFromView } from '../../shared/protocol/viewMessage.ts';
import type { ChatController } from '../chatController.ts';
import { readViewSettings } from '../config.ts';
import { readInEditor } from '../workspace/inEditor.ts';
import { failurePage, failurePageCommands } from './failurePage.ts';
import { runCommand } from '../runCommand.ts';
import { showError } from '../show.ts';
import { StartWatch } from './startWatch.ts';
import { tellFailure } from '../status/tellFailure.ts';
import type { ViewLink } from './viewLink.ts';
import type { AnswerPorts } from '../messages/handlers.ts';
import { handleWith } from '../messages/allHandlers.ts';
import { MessageTaker } from '../../core/chat/messageTaker.ts';
import { buildChatPage, type EarlyPage, startingSentence, type Surface } from './chatShell.ts';

/** Milliseconds after it is drawn in which the page gets what else it shows, before anything is prepared for later. */
const restMs = 200;

export interface ChatPagePorts extends AnswerPorts {
  extensionUri: vscode.Uri;
  chat: ChatController;
  /** The page is on its way. */
  opened: () => void;
  /** The page is drawn. */
  drawn: () => void;
  log: (text: string) => void;
  /** The page runs, has its snapshot and knows nothing else yet. */
  ready: () => void;
  readCodeColours: () => Promise<CodeColours>;
  rules: () => Promise<RulesOfFolder[]>;
}

/** Draws the chat in one place and takes what its user does. Destroyed and rebuilt by the editor at will; holds nothing. */
export class ChatPage {
  readonly #ports: ChatPagePorts;
  readonly #messages: MessageTaker;
  #surface: Surface | undefined;
  #watch: StartWatch | undefined;
  #hasFailed = false;
  #isSeen = false;
  /** What a command asked of a page that was still to be drawn. */
  #wanted: ((link: ViewLink) => void) | undefined;

  constructor(ports: ChatPagePorts) {
    this.#ports = ports;
    const { chat, link } = ports;
    this.#messages = new MessageTaker({
      chat,
      link,
      leaveDamaged: () => chat.parts.goingOn.leaveDamaged(),
      handle: handleWith(chat, ports),
    });
  }

  /** Whether the user sees it, or would once it has loaded. */
  get isSeen(): boolean {
    return this.#isSeen;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Draws into the surface, which is new, or goes on with the page that already loads there. */
  fill(surface: Surface, early: EarlyPage | undefined): void {
    const { log } = this.#ports;
    this.#surface = surface;
    this.#watch?.hidden();
    const watch = new StartWatch({
      rebuild: () => this.#build(surface, vscode.l10n.t('The chat did not start; trying again…')),
      giveUp: () => this.#showFailure(surface),
      log,
    });
    this.#watch = watch;
    const take = (raw: unknown): void => {
      const read = parseFromView(raw);
      if (read) this.#take(surface, read);
    };
    surface.webview.onDidReceiveMessage(take);
    if (!early) this.#build(surface, startingSentence());
    this.#isSeen = false;
    this.seen(surface);
    early?.handOver(take);
    // What it will ask for reaches it sooner than it can ask.
    if (early) setImmediate(() => this.#watched(this.#postState(surface)));
    // The page is loading: time to read what it will ask for.
    setImmediate(this.#ports.opened);
  }

  /** The surface has been shown or hidden, or neither. */
  seen(surface: Surface): void {
    if (this.#surface !== surface || surface.visible === this.#isSeen) return;
    this.#isSeen = surface.visible;
    if (this.#isSeen) {
      this.#watch?.shown();
      return;
    }
    // A hidden page is torn down and loses what is posted; shown again it asks for a snapshot.
    this.#watch?.hidden();
    this.#ports.focusChanged(false);
    this.#ports.link.connect(undefined);
    this.#ports.chat.parts.watch.set(false);
    void this.#ports.history.watch(false);
  }

  /** The surface is gone. */
  closed(surface: Surface): void {
    if (this.#surface !== surface) return;
    this.#watch?.hidden();
    this.#surface = undefined;
    this.#isSeen = false;
    this.#ports.focusChanged(false);
    this.#ports.link.connect(undefined);
  }

  /** Builds the page anew, whatever has become of it. The conversation and the draft are not in it. */
  reload(): void {
    this.#watch?.retry();
  }

  /** Shows the surface by `show`, and has the page do what is wanted: now, or once it is drawn. */
  async want(wanted: (link: ViewLink) => void, show: () => unknown): Promise<void> {
    const { link } = this.#ports;
    if (!link.connected) this.#wanted = wanted;
    await show();
    wanted(link);
  }

  async #postRules(): Promise<void> {
    this.#ports.link.rules(await this.#ports.rules());
  }

  async postCodeColours(): Promise<void> {
    this.#ports.link.codeColours(await this.#ports.readCodeColours());
  }

  #build(surface: Surface, sentence: string): void {
    const { extensionUri, link } = this.#ports;
    this.#hasFailed = false;
    link.connect(undefined);
    buildChatPage(surface, extensionUri, sentence);
  }

  #showFailure({ webview }: Surface): void {
    this.#hasFailed = true;
    webview.options = { enableScripts: false, enableCommandUris: failurePageCommands, localResourceRoots: [] };
    webview.html = failurePage();
    void this.#offerReload();
  }

  /** The page itself may be what can't be shown. */
  async #offerReload(): Promise<void> {
    const reload = vscode.l10n.t('Reload Chat');
    const showLog = vscode.l10n.t('Show Log');
    const message = vscode.l10n.t('The chat of Marginalia did not start. Your conversations are safe.');
    const chosen = await showError(message, reload, showLog);
    if (chosen === reload) this.reload();
    if (chosen === showLog) await runCommand('marginalia.showLog');
  }

  #take(surface: Surface, { message, conversationId }: FromView): void {
    if (message.type === 'ready') this.#watched(this.#postState(surface).then(() => this.#begin()));
    else if (message.type === 'scriptFailed') this.#watch?.failed();
    else if (message.type === 'started') this.#begin();
    else if (message.type === 'drawn') setTimeout(this.#ports.drawn, restMs);
    else this.#watched(this.#messages.take({ message, conversationId }));
  }

  #watched(work: Promise<void>): void {
    work.catch((error: unknown) => tellFailure(error, this.#ports.log));
  }

  async #postState({ webview }: Surface): Promise<void> {
    const { chat, link } = this.#ports;
    link.connect(posted => void webview.postMessage(posted));
    link.settings(readViewSettings());
    link.inEditor(readInEditor());
    void this.postCodeColours();
    void this.#postRules();
    await chat.postSnapshot();
  }

  /** The page's script runs and has its snapshot, or it is on its way. */
  #begin(): void {
    const { chat, link } = this.#ports;
    this.#watch?.started();
    link.heard();
    if (chat.opened) chat.parts.watch.refresh();
    this.#ports.ready();
    this.#wanted?.(link);
    this.#wanted = undefined;
  }
}
