import { keptBackOf } from '../../shared/moderation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { StoredConversation } from '../conversation/store.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';

/** A conversation as it travels in a file: everything that was said in it, on all branches, and nothing unsent. */
export interface CarriedConversation {
  /** Empty in a file: what is read from there becomes a conversation of its own. */
  id: string;
  title: string;
  parameters: Parameters;
  /** The last turn of the branch that is shown; null where there is no turn. */
  headId: string | null;
  /** In the order of their making: a turn comes after the one that it follows. */
  turns: CarriedTurn[];
}

export interface CarriedTurn {
  /** The turn before; null for a first one. */
  parentId: string | null;
  record: TurnRecord;
}

/**
 * What of a conversation is carried. `records` holds all its stored turns, `shown` the branch as it is now, which may be
 * ahead of the store. What the user has deleted stays behind; what followed it follows the turn before it.
 */
export function carriedFrom(
  stored: StoredConversation,
  records: readonly TurnRecord[],
  shown: readonly TurnRecord[],
): CarriedConversation {
  const known = new Map([...records, ...shown].map(record => [record.id, record]));
  const parents = visibleParents(stored);
  shown.forEach(({ id }, at) => parents.set(id, shown[at - 1]?.id ?? null));
  const turns = [...parents].flatMap(([id, parentId]) => {
    const record = known.get(id);
    return record ? [{ parentId, record: withoutKeptBack(asJson(record)) }] : [];
  });
  const { id, title, parameters } = stored;
  return { id, title, parameters, headId: shown.at(-1)?.id ?? null, turns };
}

/**
 * The conversation without its own id, its turns counted: it is the same text after it was opened again, and so is what
 * is written of it.
 */
export function withCountedTurns({ title, parameters, headId, turns }: CarriedConversation): CarriedConversation {
  const ids = new Map(turns.map(({ record }, at) => [record.id, String(at + 1)]));
  const idOf = (old: string | null): string | null => ids.get(old ?? '') ?? null;
  return {
    id: '',
    title,
    parameters,
    headId: idOf(headId),
    turns: turns.map(({ parentId, record }, at) => ({
      parentId: idOf(parentId),
      record: { ...record, id: String(at + 1) },
    })),
  };
}

/** The turns of the branch that is shown, oldest first. */
export function shownTurns({ headId, turns }: CarriedConversation): CarriedTurn[] {
  const byId = new Map(turns.map(turn => [turn.record.id, turn]));
  const branch: CarriedTurn[] = [];
  for (let at = byId.get(headId ?? ''); at; at = byId.get(at.parentId ?? '')) branch.unshift(at);
  return branch;
}

/** Of each turn that is not deleted: the nearest turn before it that is not deleted either. */
function visibleParents({ tree }: StoredConversation): Map<string, string | null> {
  const nodes = new Map(tree.map(node => [node.id, node]));
  const parentOf = (id: string): string | null => {
    let parent = nodes.get(nodes.get(id)?.parentId ?? '');
    while (parent?.isDeleted) parent = nodes.get(parent.parentId ?? '');
    return parent?.id ?? null;
  };
  return new Map(tree.flatMap(({ id, isDeleted }) => (isDeleted ? [] : [[id, parentOf(id)]])));
}

/** An answer that the user's own check keeps back says that it was, and nothing of what it holds. */
function withoutKeptBack(record: TurnRecord): TurnRecord {
  if (record.role === 'user' || !keptBackOf(record)) return record;
  const kept: AnswerRecord = { ...record, content: [] };
  delete kept.calls;
  delete kept.findings;
  return kept;
}

/** As the store would give it back: without what JSON leaves out. */
function asJson(record: TurnRecord): TurnRecord {
  return JSON.parse(JSON.stringify(record)) as TurnRecord;
}
