import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ChatSession, type SessionPorts } from '../core/chat/session.ts';
import { type ConversationStore, emptyConversation } from '../core/chat/store.ts';
import type { Excerpt, Finding, Intent, ToolResult, UserTurn } from '../shared/conversation.ts';
import type { ConnectionStatus } from '../shared/protocol.ts';
import { withoutData } from '../core/chat/turns.ts';
import { type CountRequest, RequestWatch } from './requestWatch.ts';
import { saveModel } from './config.ts';
import type { ViewLink } from './viewLink.ts';

export interface ChatControllerPorts extends Omit<SessionPorts, 'emit' | 'runningChanged' | 'now' | 'newId'> {
  store: ConversationStore;
  link: ViewLink;
  /** Remembers which conversation this window shows. */
  memento: vscode.Memento;
  connectionStatus: () => Promise<ConnectionStatus>;
  countRequest: CountRequest;
  runningChanged: (running: boolean) => void;
}

const openConversationKey = 'openConversation';

/** The conversation that this window shows, and the change from one to another. */
export class ChatController {
  readonly #ports: ChatControllerPorts;
  readonly watch: RequestWatch;
  #session: ChatSession;

  constructor(ports: ChatControllerPorts) {
    this.#ports = ports;
    this.watch = new RequestWatch(ports.link, () => this.#session, ports.countRequest);
    const id = ports.memento.get<string>(openConversationKey);
    this.#session = this.#openSession(id);
    if (id === undefined) void ports.memento.update(openConversationKey, this.#session.id);
  }

  get session(): ChatSession {
    return this.#session;
  }

  /** Leaves the conversation as it is in the store, its running answer stopped, and shows `id`, or a new one. */
  async show(id?: string): Promise<void> {
    this.#session.stop();
    this.#session = this.#openSession(id);
    await this.#ports.memento.update(openConversationKey, this.#session.id);
    await this.postSnapshot();
  }

  /** Resolves when the answer has ended. Where one is still running, asks whether to stop it first. */
  async ask(intent: Intent, text: string, excerpts: Excerpt[] = []): Promise<void> {
    // What is typed waits for its turn; a command is meant now.
    const waits = this.#session.running && intent === 'chat';
    if (this.#session.running && !waits && !(await this.#stopRunning())) return;
    const { attachments } = this.#session.unsent;
    const turn: UserTurn = {
      id: randomUUID(),
      role: 'user',
      createdAt: Date.now(),
      intent,
      text,
      excerpts,
      // They lie beside the message; a command does not take them.
      ...(intent === 'chat' && attachments.length > 0 && { attachments }),
    };
    await this.#ports.memento.update(openConversationKey, this.#session.id);
    if (waits && this.#session.running) this.#session.enqueue(turn);
    else await this.#session.send(turn);
  }

  /** The model of the conversation where it has one of its own, else that of the settings. */
  async saveModel(model: string): Promise<void> {
    const { session } = this;
    if (session.unsent.parameters.model === undefined) await saveModel(model);
    else session.unsent.parameters = { ...session.unsent.parameters, model };
  }

  /** Hands the results of the last answer's tool uses back, and gets the answer to them. */
  async answerTools(results: ToolResult[]): Promise<void> {
    // What lies beside the message goes with the last result, as far as a result can hold it.
    const { attachments } = this.#session.unsent;
    const images = attachments.filter(({ kind }) => kind === 'image');
    const toolResults = results.map((result, index) =>
      index === results.length - 1 && images.length > 0 ? { ...result, images } : result,
    );
    const turn: UserTurn = {
      id: randomUUID(),
      role: 'user',
      createdAt: Date.now(),
      intent: 'chat',
      text: '',
      excerpts: [],
      toolResults,
    };
    if (images.length > 0) this.#session.unsent.attachments = attachments.filter(({ kind }) => kind !== 'image');
    await this.#session.send(turn);
  }

  /** The findings of the conversation's last review that the user has not dealt with. */
  lastReview(): { turnId: string; findings: Finding[] } | undefined {
    const turn = this.#session.conversation.turns.findLast(
      candidate => candidate.role === 'assistant' && candidate.findings,
    );
    if (turn?.role !== 'assistant' || !turn.findings) return undefined;
    return { turnId: turn.id, findings: turn.findings.filter(finding => !finding.closed) };
  }

  async postSnapshot(): Promise<void> {
    const connection = await this.#ports.connectionStatus();
    const { conversation, unsent } = this.#session;
    const { draft, attachments, queue } = unsent;
    const shown = attachments.map(withoutData);
    this.#ports.link.snapshot({ conversation, draft, attachments: shown, queue: queue.messages, connection });
    this.watch.refresh();
  }

  /** Saves what runs, as far as it has come, and ends it. */
  dispose(): void {
    this.#session.stop();
  }

  #openSession(id: string | undefined): ChatSession {
    const session = new ChatSession(this.#load(id) ?? emptyConversation(id ?? randomUUID()), {
      ...this.#ports,
      now: Date.now,
      newId: randomUUID,
      emit: change => {
        if (this.#session !== session) return;
        this.#ports.link.change(change);
        if (change.type !== 'delta') this.watch.refresh();
      },
      runningChanged: running => {
        if (this.#session === session) this.#ports.runningChanged(running);
      },
      findingsReported: (turnId, findings) => {
        if (this.#session === session) this.#ports.findingsReported(turnId, findings);
      },
    });
    this.#ports.runningChanged(false);
    return session;
  }

  #load(id: string | undefined) {
    if (id === undefined) return undefined;
    try {
      return this.#ports.store.load(id);
    } catch (error) {
      this.#ports.storeFailed(error);
      return undefined;
    }
  }

  async #stopRunning(): Promise<boolean> {
    const session = this.#session;
    const stop = vscode.l10n.t('Stop and Ask');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('Marginalia is still answering. Stop that answer and ask this?'),
      stop,
    );
    if (chosen !== stop || this.#session !== session) return false;
    session.stop();
    await session.idle();
    return true;
  }
}
