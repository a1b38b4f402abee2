import type { Attachment } from '../../shared/attachment.ts';
import { parameterNames } from '../../shared/requestFields.ts';
import { forkConversation } from '../conversation/fork.ts';
import type { ChatSession } from './session.ts';
import type { ShownConversation } from './shownConversation.ts';
import type { ConversationStore } from '../conversation/store.ts';
import type { TurnRecord } from '../conversation/turns.ts';

export interface GoingOnPorts {
  shown: Pick<ShownConversation, 'session' | 'show'>;
  store: ConversationStore;
  storeFailed: (error: unknown) => void;
  newId: () => string;
}

/** Goes on in another conversation, which takes the place of the one that is shown. */
export class GoingOn {
  readonly #ports: GoingOnPorts;

  constructor(ports: GoingOnPorts) {
    this.#ports = ports;
  }

  /** In one that holds the branch up to this turn. */
  async fork(turnId: string): Promise<void> {
    const { session } = this.#ports.shown;
    const at = session.branch.turns.findIndex(({ id }) => id === turnId);
    if (at === -1) return;
    try {
      await this.#ports.shown.show(await this.#copy(session, session.branch.turns.slice(0, at + 1)));
    } catch (error) {
      this.#ports.storeFailed(error);
    }
  }

  /** Nothing is written to a damaged conversation: what follows goes into a copy of what can be read of it. */
  async leaveDamaged(): Promise<void> {
    const { session } = this.#ports.shown;
    if (!session.isDamaged) return;
    const { turns } = session.branch;
    await this.#ports.shown.show(await this.#copy(session, turns), copy => {
      const { draft, attachments, queue, unfinished } = session.unsent;
      copy.unsent.draft = draft;
      copy.unsent.attachments = [...attachments];
      for (const turn of queue.turns) copy.unsent.queue.add({ ...turn, id: this.#ports.newId() });
      keepWrongTexts(session, copy);
      // The copy's turns have ids of their own.
      const { turnId, results = [] } = unfinished.toolResults ?? {};
      const answer = copy.branch.turns[turns.findIndex(({ id }) => id === turnId)];
      if (answer) copy.unsent.typeToolResults(answer.id, results);
    });
  }

  /**
   * In a new one that begins with a summary of this one, where one is named, and with what was not answered here: it
   * moves into the new one's composer.
   */
  async inNew(summaryTurnId?: string): Promise<void> {
    const old = this.#ports.shown.session;
    const summary = summaryTurnId === undefined ? undefined : old.condensing.find(summaryTurnId);
    await this.#ports.shown.show(undefined, session => {
      const unanswered = unansweredIn(old);
      session.unsent.parameters = old.unsent.parameters;
      if (old.unsent.start) session.unsent.keepStart(old.unsent.start);
      keepWrongTexts(old, session);
      session.unsent.draft = unanswered.text;
      if (unanswered.attachments.length > 0) session.unsent.attachments = unanswered.attachments;
      if (summary) session.condensing.adopt({ ...summary.turn, id: this.#ports.newId() });
      // While both are live, and in this order: a window that ends in between has it twice, not lost.
      old.unsent.draft = '';
      old.unsent.attachments = [];
      // It was made for the new one; the old one stays as it was.
      if (summary && summary.throughTurnId !== null) old.condensing.undo(summary.turn.id);
    });
  }

  /** Stores a copy with these turns, and returns its id. */
  #copy({ conversation, unsent: { start } }: ChatSession, turns: readonly TurnRecord[]): Promise<string> {
    const { title, parameters } = conversation;
    return forkConversation(
      { title, parameters, ...(start && { start }), turns },
      this.#ports.store,
      this.#ports.newId,
    );
  }
}

/** What is no value of a parameter yet goes along with the values: it keeps a request from going out as nobody wants it. */
function keepWrongTexts(from: ChatSession, to: ChatSession): void {
  const { parameters = {} } = from.unsent.unfinished;
  for (const name of parameterNames) {
    const text = parameters[name];
    if (text !== undefined) to.unsent.typeParameter(name, text);
  }
}

/** What is written and not sent, after the question whose answer has failed. */
function unansweredIn({ branch, unsent }: ChatSession): { text: string; attachments: Attachment[] } {
  const [asked, answer] = branch.turns.slice(-2);
  const hasFailed = answer?.role === 'assistant' && answer.state.phase === 'failed';
  const failed = hasFailed && asked?.role === 'user' && asked.intent === 'chat' ? asked : undefined;
  return {
    text: [failed?.call ?? failed?.text ?? '', unsent.draft].filter(text => text !== '').join('\n\n'),
    attachments: [...(failed?.attachments ?? []), ...unsent.attachments],
  };
}
