import type { Turn } from '../../shared/conversation.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import { insertedAfter, markedThrough } from '../../shared/summarized.ts';
import { type Summary, summaryOf, turnsToSend, usedSummary } from '../conversation/condense.ts';
import type { Save } from '../conversation/saves.ts';
import type { StoredConversation } from '../conversation/store.ts';
import { type AnswerRecord, settleInterrupted, toView, type TurnRecord } from '../conversation/turns.ts';

export interface CondensingPorts {
  /** Saves; a failure is reported and not thrown. Of those with the same key that can't be saved yet, the last is. */
  save: (save: Save, key?: string) => void;
  emit: (change: Change) => void;
  /** The conversation as it is. */
  turns: () => readonly TurnRecord[];
}

/** What a conversation's requests say otherwise than its turns. Every change is stored and shown. */
export class Condensing {
  readonly #id: string;
  readonly #ports: CondensingPorts;
  #summaries: Summary[];
  #omitted: readonly string[];

  constructor({ id, condensed }: StoredConversation, ports: CondensingPorts) {
    this.#id = id;
    this.#ports = ports;
    this.#summaries = (condensed?.summaries ?? []).map(summary => ({ ...summary, turn: settle(summary.turn) }));
    this.#omitted = condensed?.omitted ?? [];
  }

  /** The ids of what is left out of what was attached. */
  get omitted(): readonly string[] {
    return this.#omitted;
  }

  /** The turns as requests send them. */
  toSend(turns: readonly TurnRecord[]): readonly TurnRecord[] {
    return turnsToSend(turns, { summaries: this.#summaries, omitted: this.#omitted });
  }

  /** The turns as the view shows them: with the summary, and a mark on what it stands for. */
  shown(): Turn[] {
    const turns = markedThrough(this.#ports.turns().map(toView), this.#through);
    const summary = this.#latest;
    return summary ? insertedAfter(turns, toView(summary.turn), summary.throughTurnId) : turns;
  }

  /** Other turns are there, which a summary may be about or not. */
  branchChanged(): void {
    if (this.#summaries.length > 0) this.#mark();
  }

  find(turnId: string): Summary | undefined {
    return this.#summaries.find(({ turn }) => turn.id === turnId);
  }

  /** Shows an empty summary, which is about to be written. */
  begin(summary: Summary): void {
    this.#change(() => this.#summaries.push(summary));
  }

  /** Begins with the summary of another conversation. */
  adopt(turn: AnswerRecord): void {
    this.begin({ throughTurnId: null, turn });
    this.save();
  }

  save(): void {
    const condensed = { summaries: this.#summaries, omitted: this.#omitted };
    const change = { type: 'set', conversationId: this.#id, parts: { condensed } } as const;
    this.#ports.save(store => store.write([change]), 'condensed');
  }

  /** The summary has come to an end. One that was stopped is gone; one that has failed can be tried again. */
  ended(turnId: string): void {
    if (this.find(turnId)?.turn.state.phase === 'stopped') this.undo(turnId);
    else this.#mark();
  }

  /** Requests send the turns again, or the summary before this one. */
  undo(turnId: string): void {
    this.#change(() => {
      this.#summaries = this.#summaries.filter(({ turn }) => turn.id !== turnId);
    });
    this.save();
  }

  /** The summary stands for nothing: requests go on sending the turns. */
  fail(turnId: string, problem: Problem): void {
    const summary = this.find(turnId);
    if (!summary) return;
    summary.turn.state = { phase: 'failed', problem };
    this.save();
    this.#ports.emit({ type: 'turn', turn: toView(summary.turn) });
  }

  /** Replaces what the model has written. */
  edit(turnId: string, text: string): void {
    const summary = this.find(turnId);
    if (!summary || text.trim() === '') return;
    summary.turn.content = [{ type: 'text', text }];
    summary.turn.state = { phase: 'complete', stopReason: null };
    this.save();
    this.#ports.emit({ type: 'turn', turn: toView(summary.turn) });
    this.#mark();
  }

  /** Leaves something that was attached out of requests, or takes it in again. */
  omit(id: string, isOmitted: boolean): void {
    const others = this.#omitted.filter(omitted => omitted !== id);
    this.#omitted = isOmitted ? [...others, id] : others;
    this.save();
    this.#ports.emit({ type: 'omitted', ids: this.#omitted });
  }

  /** The summary that requests send. */
  get current(): Summary | undefined {
    return usedSummary(this.#ports.turns(), this.#summaries);
  }

  /** Of those whose turns are there, also one that is being written. */
  get #latest(): Summary | undefined {
    return summaryOf(this.#ports.turns(), this.#summaries);
  }

  /** The last turn that a summary stands for in requests. */
  get #through(): string | null {
    return this.current?.throughTurnId ?? null;
  }

  /** The view shows the latest summary alone. */
  #change(work: () => unknown): void {
    const before = this.#latest;
    work();
    const after = this.#latest;
    if (before !== after) {
      if (before) this.#ports.emit({ type: 'turnRemoved', turnId: before.turn.id });
      if (after) this.#ports.emit({ type: 'turn', turn: toView(after.turn), afterTurnId: after.throughTurnId });
    }
    this.#mark();
  }

  #mark(): void {
    this.#ports.emit({ type: 'summarized', throughTurnId: this.#through });
  }
}

function settle(turn: AnswerRecord): AnswerRecord {
  const settled = settleInterrupted(turn);
  return settled.role === 'assistant' ? settled : turn;
}
