import type { Turn } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol.ts';
import { isConflict } from '../storage/sqliteErrors.ts';
import { appended, type ConversationStore, type StoreChange, type StoredConversation } from './store.ts';
import { type TurnNode, TurnTree } from './turnTree.ts';
import { type AnswerRecord, settleInterrupted, toView, type TurnRecord } from './turns.ts';

export interface BranchPorts {
  /** Saves; a failure is reported and not thrown. Of those with the same key that can't be saved yet, the last is. */
  save: (work: (store: ConversationStore) => void, key?: string) => void;
  /** Reads; a failure is reported and not thrown. */
  read: (work: (store: ConversationStore) => void) => void;
  emit: (change: Change) => void;
  /** The conversation as the view shows it. */
  shown: () => Turn[];
  /** Other turns are on the branch, or requests begin with another one. */
  changed: () => void;
}

/**
 * The branch of a conversation that is shown, and the way to its others. Every change is stored and shown; a turn that
 * leaves the branch stays in the store.
 */
export class Branch {
  readonly #conversationId: string;
  readonly #ports: BranchPorts;
  readonly #tree: TurnTree;
  #turns: TurnRecord[];
  #shownSiblings: string;
  /** What brings back what was deleted, the last one at the end. */
  readonly #undo: (() => void)[] = [];

  constructor(stored: StoredConversation, ports: BranchPorts) {
    this.#conversationId = stored.id;
    this.#ports = ports;
    this.#tree = new TurnTree(stored.tree);
    this.#turns = stored.turns.map(settleInterrupted);
    this.#shownSiblings = JSON.stringify(this.siblings);
  }

  /** Oldest first. */
  get turns(): readonly TurnRecord[] {
    return this.#turns;
  }

  /** Of each turn that has others in its place: the ids of all of them, itself included. */
  get siblings(): Record<string, string[]> {
    return this.#tree.siblingsOn(this.#turns.map(({ id }) => id));
  }

  /** Adds a turn at the end. */
  add(record: TurnRecord): void {
    const parentId = this.#turns.at(-1)?.id ?? null;
    this.#turns.push(record);
    this.#tree.add({ id: record.id, role: record.role, parentId, isDeleted: false });
    this.#write(record, appended(this.#conversationId, record, parentId));
    this.#ports.emit({ type: 'turn', turn: toView(record) });
    this.#emitSiblings();
    if (record.role === 'user' && record.startsOver) this.#ports.changed();
  }

  /** Says of a turn whether requests begin with it. */
  setStart(turnId: string, startsOver: boolean): void {
    const record = this.#turns.find(({ id }) => id === turnId);
    if (record?.role !== 'user') return;
    record.startsOver = startsOver;
    this.save(record);
    this.#ports.emit({ type: 'turn', turn: toView(record) });
    this.#ports.changed();
  }

  /** Stores what has become of a turn. */
  save(record: TurnRecord): void {
    this.#write(record, [{ type: 'update', conversationId: this.#conversationId, turn: record }], record.id);
  }

  /** Another window may have deleted the turn, or those before it, for good: those that are shown are there again. */
  #write(record: TurnRecord, changes: readonly StoreChange[], key?: string): void {
    const shown = this.#turns.slice(0, this.#turns.indexOf(record) + 1);
    this.#ports.save(store => {
      try {
        store.write(changes);
      } catch (error) {
        if (!isConflict(error)) throw error;
        const anew = shown.flatMap((turn, at) => appended(this.#conversationId, turn, shown[at - 1]?.id ?? null));
        if (anew.length > 0) store.write([...anew, ...changes]);
      }
    }, key);
  }

  /**
   * Takes what another window has made of an answer that was cut when this one read it: it may be running there still.
   * False where the answer is as it was.
   */
  reread(record: AnswerRecord): boolean {
    const at = this.#turns.indexOf(record);
    const stored = this.#stored(record.id);
    if (at === -1 || stored?.role !== 'assistant') return false;
    const settled = settleInterrupted(stored);
    if (extentOf(settled) === extentOf(record)) return false;
    this.#turns[at] = settled;
    this.#ports.emit({ type: 'turn', turn: toView(settled) });
    return true;
  }

  /**
   * Takes in what other windows have added: beside what was added here, or after it, where they have gone on from the
   * end that is shown.
   */
  takeOthers(): void {
    let nodes: TurnNode[] = [];
    this.#ports.read(store => (nodes = store.loadTree(this.#conversationId)));
    const hasOthers = this.#tree.merge(nodes);
    const end = this.#turns.at(-1)?.id;
    const last = end === undefined ? undefined : this.#tree.lastBelow(end);
    if (hasOthers && last !== undefined && last !== end) this.#showEnd(last);
    this.#emitSiblings();
  }

  /** The turn and those after it leave the branch: what is added next stands in its place. */
  cutBefore(turnId: string): void {
    const at = this.#turns.findIndex(({ id }) => id === turnId);
    if (at !== -1) this.#replace(at, []);
  }

  /** Takes a last turn out for good: it held nothing that is worth a branch. */
  drop(turnId: string): void {
    this.cutBefore(turnId);
    this.#tree.remove(turnId);
    this.#ports.save(store => store.write([{ type: 'remove', conversationId: this.#conversationId, turnId }]));
    this.#emitSiblings();
  }

  /** Shows the branch that leads through the turn, to its newest end. False where there is no such turn. */
  switchTo(turnId: string): boolean {
    return this.#showEnd(this.#tree.lastBelow(turnId));
  }

  /**
   * Deletes a turn; with a question, its answers. Those after it stay. False where the turn is not on the branch.
   */
  delete(turnId: string): boolean {
    const record = this.#turns.find(({ id }) => id === turnId);
    const end = this.#turns.at(-1)?.id;
    if (!record || end === undefined) return false;
    const other = this.#tree.siblingsOf(turnId).findLast(id => id !== turnId);
    const ids = record.role === 'user' ? [turnId, ...this.#tree.answersTo(turnId)] : [turnId];
    const mark = (isDeleted: boolean): void => {
      this.#tree.setDeleted(ids, isDeleted);
      this.#ports.save(store => store.write([{ type: 'markDeleted', turnIds: ids, isDeleted }]));
    };
    mark(true);
    const first = this.#turns.findIndex(({ id }) => ids.includes(id));
    const rest = this.#turns.slice(first).filter(({ id }) => !ids.includes(id));
    // Where nothing followed it, another version takes its place.
    if (rest.length > 0 || other === undefined) this.#replace(first, rest);
    else this.#showEnd(this.#tree.lastBelow(other));
    this.#undo.push(() => {
      mark(false);
      this.#showEnd(this.#tree.lastBelow(end));
    });
    return true;
  }

  /** Brings back what was deleted last, and shows it. */
  restore(): void {
    this.#undo.pop()?.();
  }

  /** A turn of any branch, as it is stored. */
  recordOf(turnId: string): TurnRecord | undefined {
    const shown = this.#turns.find(({ id }) => id === turnId);
    if (shown) return shown;
    return this.#stored(turnId);
  }

  #stored(turnId: string): TurnRecord | undefined {
    let stored: TurnRecord | undefined;
    this.#ports.read(store => (stored = store.loadBranch(turnId).at(-1)));
    return stored;
  }

  #showEnd(headId: string): boolean {
    let turns: TurnRecord[] = [];
    this.#ports.read(store => (turns = store.loadBranch(headId)));
    if (turns.length === 0) return false;
    const moved = { type: 'moveHead', conversationId: this.#conversationId, headId } as const;
    this.#ports.save(store => store.write([moved]));
    const isSame = (turn: TurnRecord, at: number): boolean => this.#turns[at]?.id === turn.id;
    const firstOther = turns.findIndex((turn, at) => !isSame(turn, at));
    const kept = firstOther === -1 ? turns.length : firstOther;
    this.#replace(kept, turns.slice(kept).map(settleInterrupted));
    return true;
  }

  #replace(kept: number, rest: TurnRecord[]): void {
    this.#turns = [...this.#turns.slice(0, kept), ...rest];
    const afterTurnId = this.#turns[kept - 1]?.id ?? null;
    const shown = this.#ports.shown();
    const turns = shown.slice(shown.findIndex(({ id }) => id === afterTurnId) + 1);
    this.#ports.emit({ type: 'branch', afterTurnId, turns: turns });
    this.#ports.changed();
    this.#emitSiblings();
  }

  #emitSiblings(): void {
    const { siblings } = this;
    const text = JSON.stringify(siblings);
    if (text === this.#shownSiblings) return;
    this.#shownSiblings = text;
    this.#ports.emit({ type: 'siblings', siblings });
  }
}

function extentOf(record: TurnRecord): string {
  return record.role === 'user' ? '' : JSON.stringify([record.state.phase, record.content]);
}
