import * as vscode from 'vscode';
import type { AskedHow } from '../core/chat/askedTurn.ts';
import { type CalledPrompts, type ChatParts, type ChatPartsPorts, createChatParts } from '../core/chat/chatParts.ts';
import { comparedTurns, type NamedText } from '../core/conversation/comparedTurns.ts';
import type { Conversations } from '../core/chat/conversations.ts';
import { imageLimitsOf, mediaExcess } from '../core/chat/mediaRoom.ts';
import type { ChatSession } from '../core/chat/session.ts';
import { shownState } from '../core/chat/shownState.ts';
import type { Excess } from '../core/context/mediaLimits.ts';
import type { ModelRules } from '../core/models/modelRules.ts';
import type { Excerpt, MediaAttachment } from '../shared/attachment.ts';
import type { Intent } from '../shared/conversation.ts';
import type { MentionItem } from '../shared/mention.ts';
import type { ConversationNotice } from '../shared/notice.ts';
import type { ConnectionStatus } from '../shared/protocol/connection.ts';
import { askUser } from './askUser.ts';
import { readSettings, readSpendLimits, readSuggestsModels, saveModel } from './config.ts';
import type { Kind } from './mentions/kinds.ts';
import { noticeText } from './status/conversationNotices.ts';
import { randomUUID } from './randomUUID.ts';
import type { ViewLink } from './places/viewLink.ts';

type FromParts = 'store' | 'storeFailed' | 'remembered' | 'remember' | 'titleChanged' | 'runningChanged';

export interface ChatControllerPorts extends Pick<
  ChatPartsPorts,
  FromParts | 'countRequest' | 'tryOtherKeyHeader' | 'editor' | 'readNow'
> {
  conversations: Conversations;
  link: ViewLink;
  rulesFor: (model: string) => ModelRules;
  connectionStatus: () => Promise<ConnectionStatus>;
  usedUpBudget: ChatPartsPorts['settings']['usedUpBudget'];
  advice: Omit<ChatPartsPorts['advice'], 'isOn'>;
  pickModel: ChatPartsPorts['user']['pickModel'];
  isDefaultGone: ChatPartsPorts['settings']['isDefaultGone'];
  showDiff: (left: NamedText, right: NamedText) => Promise<void>;
  prompts: PromptCalls;
  mentions: MentionCalls;
}

/** What the view's messages need of what a message can name; see Mentions. */
export interface MentionCalls {
  find: (query: string) => Promise<MentionItem[]>;
  findPasted: (text: string) => MentionItem[];
  /** What can be attached without naming it by its path. */
  kinds: () => Promise<Kind[]>;
  attach: (id: string) => Promise<void>;
  /** Attaches what was attached before, as it is now. */
  attachAgain: (id: string) => Promise<void>;
  open: (id: string, asSent: boolean) => Promise<void>;
}

/** What the view's messages need of prompts. */
export interface PromptCalls extends CalledPrompts {
  /** The draft has changed. */
  draftChanged: () => void;
}

/** Connects what a place does with its conversation to the editor and to the place’s view. */
export class ChatController {
  readonly parts: ChatParts;
  readonly conversations: Conversations;
  readonly prompts: PromptCalls;
  readonly mentions: MentionCalls;
  readonly #ports: ChatControllerPorts;

  constructor(ports: ChatControllerPorts) {
    const { link, rulesFor, usedUpBudget, isDefaultGone, pickModel } = ports;
    this.#ports = ports;
    this.conversations = ports.conversations;
    this.prompts = ports.prompts;
    this.mentions = ports.mentions;
    this.parts = createChatParts({
      ...ports,
      view: link,
      user: { ...askUser(link), pickModel },
      advice: { ...ports.advice, isOn: readSuggestsModels },
      settings: { rulesFor, saveModel, isDefaultGone, spendLimits: readSpendLimits, usedUpBudget },
      editAgain: (conversationId, turnId, text) => link.about({ type: 'editAgain', conversationId, turnId, text }),
      modelChanged: () => this.postImageLimits(),
      noticeChanged: () => link.change(this.session.id, { type: 'notice', notice: this.#notice }),
      draw: () => this.postSnapshot(),
      newId: randomUUID,
      now: Date.now,
    });
  }

  /** See ShownConversation. */
  get session(): ChatSession {
    return this.parts.shown.session;
  }

  /** See ShownConversation. */
  get opened(): ChatSession | undefined {
    return this.parts.shown.opened;
  }

  /** See ShownConversation. */
  open(): Promise<ChatSession> {
    return this.parts.shown.open();
  }

  /** See ShownConversation. */
  show(id?: string): Promise<void> {
    return this.parts.shown.show(id);
  }

  /** See Asking. */
  ask(intent: Intent, text: string, excerpts: Excerpt[] = [], how: AskedHow = {}): Promise<boolean> {
    return this.parts.asking.ask({ intent, text, excerpts, ...how });
  }

  /** Puts the keyboard into the message, where the view is shown. */
  focusComposer(): void {
    this.#ports.link.focusComposer();
  }

  /** Shows how two turns that stand in one place differ. */
  async compare(turnId: string, otherId: string): Promise<void> {
    const format = new Intl.DateTimeFormat(vscode.env.language, { timeStyle: 'medium' });
    const texts = await comparedTurns(this.session.branch, { turnId, otherId }, time => format.format(time));
    if (texts) await this.#ports.showDiff(...texts);
  }

  async postSnapshot(): Promise<void> {
    await this.open();
    const connection = await this.#ports.connectionStatus();
    this.#ports.link.snapshot({ ...shownState(this.session), connection, notice: this.#notice });
    this.parts.watch.refresh();
    this.parts.gate.repost();
    this.prompts.draftChanged();
    this.postImageLimits();
    void this.parts.followed.refresh();
    this.parts.outdated.restart();
  }

  /** Tells the view how large an image may be that the model sees. */
  postImageLimits(): void {
    if (!this.opened) return;
    const limits = imageLimitsOf(this.#rules(this.opened));
    this.#ports.link.about({ type: 'imageLimits', conversationId: this.opened.id, limits });
  }

  /** Why the next request is known to be refused with this too; undefined where it is not. */
  excessWith(attachment: MediaAttachment): Excess | undefined {
    return mediaExcess(attachment, this.session, this.#rules(this.session));
  }

  /** Has the view scale a file down and attach it; false where there is no view. */
  attachInView(name: string, bytes: Uint8Array): boolean {
    if (!this.#ports.link.connected) return false;
    this.#ports.link.about({ type: 'fileToAttach', conversationId: this.session.id, name, bytes: plain(bytes) });
    return true;
  }

  /** The place is closed. A running answer goes on. */
  dispose(): void {
    this.parts.shown.dispose();
  }

  get #notice(): ConversationNotice | null {
    const { notice } = this.parts.shown;
    return notice ? noticeText(notice) : null;
  }

  /** Of the model that the next request of the conversation asks. */
  #rules({ unsent }: ChatSession): ModelRules {
    return this.#ports.rulesFor(unsent.model ?? readSettings().model);
  }
}

/** The editor hands typed arrays over as such, but not Node's own kind of them. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
