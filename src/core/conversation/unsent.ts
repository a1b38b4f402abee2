import type { Attachment } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { parameterProblem } from '../../shared/parameterProblem.ts';
import type { ParameterName, Parameters } from '../../shared/parameters.ts';
import type { ToolMode } from '../../shared/toolMode.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import { parseUnfinished, type TypedResult, type Unfinished } from '../../shared/unfinished.ts';
import type { StartSettings } from './startSettings.ts';
import { withAttachment } from '../context/mergeAttachments.ts';
import { MessageQueue } from './messageQueue.ts';
import type { Save } from './saves.ts';
import type { ConversationParts, StoreChange, StoredConversation } from './store.ts';
import { withoutData } from './shownAttachments.ts';

export interface UnsentPorts {
  /** Saves; a failure is reported and not thrown. Of those with the same key that can't be saved yet, the last is. */
  save: (save: Save, key?: string) => void;
  emit: (change: Change) => void;
}

/** What the user has prepared in a conversation and not sent yet. Every change is stored and shown. */
export class Unsent {
  readonly queue: MessageQueue;
  readonly #id: string;
  readonly #ports: UnsentPorts;
  #draft: string;
  #attachments: Attachment[];
  #parameters: Parameters;
  #mode: ToolMode;
  #start: StartSettings | undefined;
  #unfinished: Unfinished;
  /** What is changed while somebody else stores it. */
  #gathered: ConversationParts | undefined;

  constructor(stored: StoredConversation, ports: UnsentPorts) {
    this.#id = stored.id;
    this.#ports = ports;
    this.#draft = stored.draft;
    this.#attachments = stored.attachments;
    this.#parameters = stored.parameters;
    this.#mode = stored.mode ?? 'chat';
    this.#start = stored.start;
    this.#unfinished = stored.unfinished ?? {};
    this.queue = new MessageQueue(stored.queue, turns => {
      this.#set({ queue: turns });
      ports.emit({ type: 'queue', queue: this.queue.messages });
    });
  }

  /** The turn that would go out now. */
  get turn(): UserTurn {
    const attachments = this.#attachments;
    return { id: '', role: 'user', createdAt: 0, intent: 'chat', text: this.#draft, excerpts: [], attachments };
  }

  get draft(): string {
    return this.#draft;
  }

  /** The view has it already. */
  set draft(text: string) {
    if (text === this.#draft) return;
    this.#draft = text;
    this.#set({ draft: text });
  }

  /** What goes along with the next turn. */
  get attachments(): Attachment[] {
    return this.#attachments;
  }

  set attachments(attachments: Attachment[]) {
    this.#attachments = attachments;
    this.#set({ attachments });
    this.#ports.emit({ type: 'attachments', attachments: attachments.map(withoutData) });
  }

  /** Adds to what goes along; what is there already is not there twice. */
  attach(attachment: Attachment): void {
    this.attachments = withAttachment(this.#attachments, attachment);
  }

  detach(ids: readonly string[]): void {
    this.attachments = this.#attachments.filter(({ id }) => !ids.includes(id));
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  /** What tools may do. */
  get mode(): ToolMode {
    return this.#mode;
  }

  set mode(mode: ToolMode) {
    this.#mode = mode;
    this.#set({ mode });
    this.#ports.emit({ type: 'mode', mode });
  }

  /** The model that is asked; undefined where that is the one of the settings. */
  get model(): string | undefined {
    return this.#parameters.model ?? this.#start?.model;
  }

  /** What the settings were when the conversation was first answered. */
  get start(): StartSettings | undefined {
    return this.#start;
  }

  /** From now on these count in the place of the settings. */
  keepStart(start: StartSettings): void {
    this.#start = start;
    this.#set({ start });
    this.#ports.emit({ type: 'startModel', model: start.model });
  }

  /** Texts that were no value go with what they would have replaced. */
  set parameters(parameters: Parameters) {
    this.#setParameters(parameters);
    if (this.#unfinished.parameters) this.#setUnfinished({ parameters: undefined });
  }

  setParameter(name: ParameterName, value: unknown): void {
    const changed: Record<string, unknown> = { ...this.#parameters };
    // What the view sends is checked again: it is what goes out.
    if (value === undefined) Reflect.deleteProperty(changed, name);
    else if (parameterProblem(name, value, text => text) === undefined) changed[name] = value;
    this.#setParameters(changed);
    const { [name]: finished, ...others } = this.#unfinished.parameters ?? {};
    if (finished !== undefined) this.#setUnfinished({ parameters: others });
  }

  /** Keeps a text that is no value of the parameter. */
  typeParameter(name: ParameterName, text: string): void {
    this.#setUnfinished({ parameters: { ...this.#unfinished.parameters, [name]: text } });
  }

  /** What is half done beside the draft. */
  get unfinished(): Unfinished {
    return this.#unfinished;
  }

  typeToolResults(turnId: string, results: TypedResult[]): void {
    this.#setUnfinished({ toolResults: { turnId, results } });
  }

  hideSteps(list: string): void {
    this.#setUnfinished({ hiddenSteps: list });
  }

  /** What the work changes here, to be stored in one step with something else, and not by itself. */
  changesOf(work: () => void): StoreChange[] {
    const parts: ConversationParts = {};
    this.#gathered = parts;
    try {
      work();
    } finally {
      this.#gathered = undefined;
    }
    return Object.keys(parts).length > 0 ? [{ type: 'set', conversationId: this.#id, parts }] : [];
  }

  #set(parts: ConversationParts): void {
    if (this.#gathered) {
      Object.assign(this.#gathered, parts);
      return;
    }
    this.#ports.save(
      store => store.write([{ type: 'set', conversationId: this.#id, parts }]),
      Object.keys(parts).join(),
    );
  }

  #setUnfinished(changed: { [Part in keyof Unfinished]: Unfinished[Part] | undefined }): void {
    const unfinished = parseUnfinished({ ...this.#unfinished, ...changed });
    this.#unfinished = unfinished;
    this.#set({ unfinished });
    this.#ports.emit({ type: 'unfinished', unfinished });
  }

  #setParameters(parameters: Parameters): void {
    this.#parameters = parameters;
    this.#set({ parameters });
    this.#ports.emit({ type: 'parameters', parameters });
  }

  /** What the turn holds stands no longer where it was written. */
  taken(turn: UserTurn): void {
    // A command leaves what is typed; where the call itself was typed, the view has cleared it.
    if (turn.intent === 'chat' && turn.call === undefined) this.draft = '';
    if (turn.attachments) this.attachments = [];
    if (turn.toolResults && this.#unfinished.toolResults) this.#setUnfinished({ toolResults: undefined });
  }

  /** What the turn holds stands beside the message again, in front of what is typed by now. */
  takeBack({ text, attachments }: UserTurn): void {
    this.draft = this.#draft.trim() === '' || this.#draft === text ? text : `${text}\n\n${this.#draft}`;
    if (attachments) this.attachments = [...attachments, ...this.#attachments];
  }

  /** Takes a turn out of the queue; with `isEdited` what is attached to it goes back beside the message. */
  unqueue(id: string, isEdited: boolean): void {
    const turn = this.queue.take(id);
    if (isEdited && turn?.attachments) this.attachments = [...turn.attachments, ...this.#attachments];
  }
}
