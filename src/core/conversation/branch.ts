import type { SiblingPlace, Turn } from '../../shared/conversation.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import { isConflict } from '../storage/sqliteErrors.ts';
import { changesOfAnswer } from './grownAnswer.ts';
import { asRead, isElsewhere, type OwnWindow, sign } from './runSign.ts';
import type { Save } from './saves.ts';
import { appended, type ConversationStore, type StoreChange, type StoredConversation } from './store.ts';
import { TurnTree } from './turnTree.ts';
import { type AnswerRecord, settleInterrupted, toView, type TurnRecord } from './turns.ts';

export interface BranchPorts {
  /** Saves; a failure is reported and not thrown. Of those with the same key that can't be saved yet, the last is. */
  save: (save: Save, key?: string) => void;
  /** Reads after what was saved before; a failure is reported and not thrown. */
  read: <Read>(work: (store: ConversationStore) => Promise<Read>) => Promise<Read | undefined>;
  /** Whether other turns may be shown: no answer is being written. */
  isFree: () => boolean;
  emit: (change: Change) => void;
  /** The conversation as the view shows it. */
  shown: () => Turn[];
  /** Other turns are on the branch, or requests begin with another one. */
  changed: () => void;
  /** Absent: nobody else answers, and nobody is told what is being answered here. */
  window?: OwnWindow;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * The branch of a conversation that is shown, and the way to its others. Every change is stored and shown; a turn that
 * leaves the branch stays in the store.
 */
export class Branch {
  readonly #conversationId: string;
  readonly #ports: BranchPorts;
  readonly #tree: TurnTree;
  /** Another array with every change: what was read for it is shown only as long as it is the same. */
  #turns: readonly TurnRecord[];
  #shownSiblings: string;
  /** What brings back what was deleted, the last one at the end. */
  readonly #undo: (() => Promise<unknown>)[] = [];

  constructor(stored: StoredConversation, ports: BranchPorts) {
    this.#conversationId = stored.id;
    this.#ports = ports;
    this.#tree = new TurnTree(stored.tree);
    this.#turns = stored.turns.map(turn => this.#asRead(turn));
    this.#shownSiblings = JSON.stringify(this.siblings);
  }

  /** Oldest first. */
  get turns(): readonly TurnRecord[] {
    return this.#turns;
  }

  /** Of each turn that has others in its place: where it stands among them. */
  get siblings(): Record<string, SiblingPlace> {
    return this.#tree.siblingsOn(this.#turns.map(({ id }) => id));
  }

  /** Whether another window is writing an answer that is shown. */
  get isAnsweredElsewhere(): boolean {
    return this.#turns.some(isElsewhere);
  }

  /** Adds a turn at the end. What `along` changes beside it is stored in the same step, and shown after it. */
  add(record: TurnRecord, along: () => readonly StoreChange[] = () => []): void {
    const parentId = this.#turns.at(-1)?.id ?? null;
    this.#turns = [...this.#turns, record];
    this.#tree.add({ id: record.id, role: record.role, parentId, isDeleted: false });
    this.#ports.emit({ type: 'turn', turn: toView(record) });
    this.#emitSiblings();
    this.#write(record, [...appended(this.#conversationId, record, parentId), ...along()]);
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
    const { window, now } = this.#ports;
    sign(record, window, now());
    const shown = this.#turns.includes(record)
      ? this.#turns.map(turn => (isElsewhere(turn) ? settleInterrupted(turn) : turn))
      : [];
    this.#ports.save(async store => {
      try {
        await store.write(changes);
      } catch (error) {
        if (!isConflict(error)) throw error;
        const anew = shown.flatMap((turn, at) => appended(this.#conversationId, turn, shown[at - 1]?.id ?? null));
        if (anew.length > 0) await store.write([...anew, ...changes]);
      }
    }, key);
  }

  /**
   * Takes what another window has made of an answer that it may be writing still. False where the answer is as it was.
   */
  async reread(record: AnswerRecord): Promise<boolean> {
    const stored = await this.#ports.read(store => store.loadTurn(record.id));
    const at = this.#turns.indexOf(record);
    if (at === -1 || !this.#ports.isFree() || stored?.role === 'user') return false;
    // What is not there any more is not written any more either.
    const read = this.#asRead(stored ?? record);
    const [before, after] = [toView(record), toView(read)];
    if (before.role === 'user' || after.role === 'user') return false;
    const changes = changesOfAnswer(before, after);
    if (changes.length === 0) return false;
    this.#turns = this.#turns.with(at, read);
    for (const change of changes) this.#ports.emit(change);
    return true;
  }

  #asRead(stored: TurnRecord): TurnRecord {
    return asRead(stored, this.#ports.window, this.#ports.now());
  }

  /**
   * Takes in what other windows have added: beside what was added here, or after it, where they have gone on from the
   * end that is shown.
   */
  async takeOthers(): Promise<void> {
    for (const record of this.#turns) {
      const mayHaveGrown = isElsewhere(record) || record === this.#turns.at(-1);
      if (record.role === 'assistant' && mayHaveGrown) await this.reread(record);
    }
    const shown = this.#turns;
    const nodes = await this.#ports.read(store => store.loadTree(this.#conversationId));
    if (!nodes || !this.#isStill(shown)) return;
    const hasOthers = this.#tree.merge(nodes);
    const end = this.#turns.at(-1)?.id;
    const last = end === undefined ? undefined : this.#tree.lastBelow(end);
    if (hasOthers && last !== undefined && last !== end) await this.#showOthers(last);
    this.#emitSiblings();
  }

  /** The turn and those after it leave the branch: what is added next stands in its place. */
  cutBefore(turnId: string): void {
    const at = this.#turns.findIndex(({ id }) => id === turnId);
    if (at !== -1) this.#replace(at, []);
  }

  /** The same, and it is what is shown later too, also where nothing is added. */
  goBackBefore(turnId: string): void {
    this.cutBefore(turnId);
    const moved = {
      type: 'moveHead',
      conversationId: this.#conversationId,
      headId: this.#turns.at(-1)?.id ?? null,
    } as const;
    this.#ports.save(store => store.write([moved]));
  }

  /** Takes a last turn out for good: it held nothing that is worth a branch. */
  drop(turnId: string): void {
    this.cutBefore(turnId);
    this.#tree.remove(turnId);
    this.#ports.save(store => store.write([{ type: 'remove', conversationId: this.#conversationId, turnId }]));
    this.#emitSiblings();
  }

  /**
   * Shows the branch that leads through the turn, to its newest end. False where there is no such turn, or the branch has
   * changed before that was read.
   */
  switchTo(turnId: string): Promise<boolean> {
    return this.#showEnd(this.#tree.lastBelow(turnId));
  }

  /**
   * Deletes a turn; with a question, its answers. Those after it stay, unless it goes with all that follows it, on whatever
   * branch. False where the turn is not on the branch, or that
   * has changed before what takes its place was read.
   */
  async delete(turnId: string, { isWithRest = false } = {}): Promise<boolean> {
    const record = this.#turns.find(({ id }) => id === turnId);
    const end = this.#turns.at(-1)?.id;
    if (!record || end === undefined) return false;
    const other = this.#tree.siblingsOf(turnId).findLast(id => id !== turnId);
    const ids = this.#deletedWith(record, isWithRest);
    const mark = (isDeleted: boolean): void => {
      this.#tree.setDeleted(ids, isDeleted);
      this.#ports.save(store => store.write([{ type: 'markDeleted', turnIds: ids, isDeleted }]));
    };
    const first = this.#turns.findIndex(({ id }) => ids.includes(id));
    const rest = this.#turns.slice(first).filter(({ id }) => !ids.includes(id));
    // Where nothing followed it, another version takes its place.
    const otherEnd = rest.length > 0 || other === undefined ? undefined : this.#tree.lastBelow(other);
    const others = otherEnd === undefined ? undefined : await this.#read(otherEnd);
    if (otherEnd !== undefined && !others) return false;
    mark(true);
    if (others) this.#show(others);
    else this.#replace(first, rest);
    this.#undo.push(() => {
      mark(false);
      return this.#showEnd(this.#tree.lastBelow(end));
    });
    return true;
  }

  #deletedWith({ id, role }: TurnRecord, isWithRest: boolean): string[] {
    if (isWithRest) return this.#tree.allBelow(id);
    return role === 'user' ? [id, ...this.#tree.answersTo(id)] : [id];
  }

  /** Brings back what was deleted last, and shows it. */
  async restore(): Promise<void> {
    await this.#undo.pop()?.();
  }

  /** A turn of any branch, as it is stored. */
  async recordOf(turnId: string): Promise<TurnRecord | undefined> {
    return this.#turns.find(({ id }) => id === turnId) ?? (await this.#stored(turnId));
  }

  async #stored(turnId: string): Promise<TurnRecord | undefined> {
    return this.#ports.read(store => store.loadTurn(turnId));
  }

  async #showEnd(headId: string): Promise<boolean> {
    const turns = await this.#read(headId);
    if (turns) this.#show(turns);
    return turns !== undefined;
  }

  /** Whoever has added them has made them the current branch: by now that may end later still. */
  async #showOthers(headId: string): Promise<void> {
    const turns = await this.#read(headId);
    if (turns) this.#draw(turns, { isFromOthers: true });
  }

  /** The branch that ends with this turn, where there is one and it may be shown in place of this one. */
  async #read(headId: string): Promise<TurnRecord[] | undefined> {
    const shown = this.#turns;
    const turns = (await this.#ports.read(store => store.loadBranch(headId))) ?? [];
    return turns.length > 0 && this.#isStill(shown) ? turns : undefined;
  }

  /** Nothing was asked or shown since: what the user has done later counts. */
  #isStill(shown: readonly TurnRecord[]): boolean {
    return this.#turns === shown && this.#ports.isFree();
  }

  #show(turns: readonly TurnRecord[]): void {
    const headId = turns.at(-1)?.id ?? '';
    const moved = { type: 'moveHead', conversationId: this.#conversationId, headId } as const;
    this.#ports.save(store => store.write([moved]));
    this.#draw(turns);
  }

  #draw(turns: readonly TurnRecord[], origin: { isFromOthers?: true } = {}): void {
    const isSame = (turn: TurnRecord, at: number): boolean => this.#turns[at]?.id === turn.id;
    const firstOther = turns.findIndex((turn, at) => !isSame(turn, at));
    const kept = firstOther === -1 ? turns.length : firstOther;
    this.#replace(
      kept,
      turns.slice(kept).map(turn => this.#asRead(turn)),
      origin,
    );
  }

  #replace(kept: number, rest: TurnRecord[], origin: { isFromOthers?: true } = {}): void {
    this.#turns = [...this.#turns.slice(0, kept), ...rest];
    const afterTurnId = this.#turns[kept - 1]?.id ?? null;
    const shown = this.#ports.shown();
    const turns = shown.slice(shown.findIndex(({ id }) => id === afterTurnId) + 1);
    this.#ports.emit({ type: 'branch', afterTurnId, turns, ...origin });
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
