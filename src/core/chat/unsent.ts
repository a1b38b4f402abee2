import type { Attachment, UserTurn } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Change } from '../../shared/protocol.ts';
import { MessageQueue } from './messageQueue.ts';
import type { ConversationStore, StoredConversation } from './store.ts';
import { withoutData } from './turns.ts';

export interface UnsentPorts {
  /** Saves; a failure is reported and not thrown. */
  save: (work: (store: ConversationStore) => void) => void;
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

  constructor(stored: StoredConversation, ports: UnsentPorts) {
    this.#id = stored.id;
    this.#ports = ports;
    this.#draft = stored.draft;
    this.#attachments = stored.attachments;
    this.#parameters = stored.parameters;
    this.queue = new MessageQueue(stored.queue, turns => {
      ports.save(store => store.saveQueue(this.#id, turns));
      ports.emit({ type: 'queue', queue: this.queue.messages });
    });
  }

  get draft(): string {
    return this.#draft;
  }

  /** The view has it already. */
  set draft(text: string) {
    if (text === this.#draft) return;
    this.#draft = text;
    this.#ports.save(store => store.saveDraft(this.#id, text));
  }

  /** Images and documents that go along with the next turn. */
  get attachments(): Attachment[] {
    return this.#attachments;
  }

  set attachments(attachments: Attachment[]) {
    this.#attachments = attachments;
    this.#ports.save(store => store.saveAttachments(this.#id, attachments));
    this.#ports.emit({ type: 'attachments', attachments: attachments.map(withoutData) });
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  set parameters(parameters: Parameters) {
    this.#parameters = parameters;
    this.#ports.save(store => store.saveParameters(this.#id, parameters));
    this.#ports.emit({ type: 'parameters', parameters });
  }

  /** What the turn holds stands no longer where it was written. */
  taken(turn: UserTurn): void {
    if (turn.intent === 'chat') this.draft = '';
    if (turn.attachments) this.attachments = [];
  }

  /** Takes a turn out of the queue; with `isEdited` what is attached to it goes back beside the message. */
  unqueue(id: string, isEdited: boolean): void {
    const turn = this.queue.take(id);
    if (isEdited && turn?.attachments) this.attachments = [...turn.attachments, ...this.#attachments];
  }
}
