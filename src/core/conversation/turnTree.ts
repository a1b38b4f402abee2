import type { SiblingPlace } from '../../shared/conversation.ts';

/** A turn's place in the tree of a conversation. */
export interface TurnNode {
  id: string;
  role: 'user' | 'assistant';
  /** The turn before; null for a first one. */
  parentId: string | null;
  /** A deleted turn is passed over: those after it follow the one before it. */
  isDeleted: boolean;
}

/** Where every turn of a conversation stands, those of other branches too, without what they hold. */
export class TurnTree {
  /** In the order in which they were made. */
  readonly #nodes = new Map<string, TurnNode>();

  constructor(nodes: readonly TurnNode[]) {
    for (const node of nodes) this.#nodes.set(node.id, { ...node });
  }

  add(node: TurnNode): void {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, { ...node });
  }

  /** Adds those that are not known, and puts all into this order; what is not among them comes last. True where some were new. */
  merge(nodes: readonly TurnNode[]): boolean {
    const known = new Map(this.#nodes);
    this.#nodes.clear();
    for (const node of nodes) this.add(known.get(node.id) ?? node);
    for (const node of known.values()) this.add(node);
    return this.#nodes.size > known.size;
  }

  remove(id: string): void {
    this.#nodes.delete(id);
  }

  setDeleted(ids: Iterable<string>, isDeleted: boolean): void {
    for (const id of ids) {
      const node = this.#nodes.get(id);
      if (node) node.isDeleted = isDeleted;
    }
  }

  /** The turn and all that stand in its place, in the order of their making. */
  siblingsOf(id: string): string[] {
    const node = this.#nodes.get(id);
    return node ? (this.#places().get(this.#placeOf(node)) ?? []) : [];
  }

  /** Of each turn of `branch` that has others in its place: where it stands among them. */
  siblingsOn(branch: readonly string[]): Record<string, SiblingPlace> {
    const places = this.#places();
    return Object.fromEntries(
      branch.flatMap(id => {
        const node = this.#nodes.get(id);
        const siblings = (node && places.get(this.#placeOf(node))) ?? [];
        return siblings.length > 1 ? [[id, placeAmong(siblings, id)]] : [];
      }),
    );
  }

  /** The end of the branch that leads through the turn: at every fork it takes the newest turn. */
  lastBelow(id: string): string {
    const children = new Map<string | null, string>();
    for (const node of this.#nodes.values()) if (!node.isDeleted) children.set(this.#parentOf(node), node.id);
    let last = id;
    for (let next = children.get(last); next !== undefined; next = children.get(last)) last = next;
    return last;
  }

  /** The turn and all that follow it, on whatever branch. */
  allBelow(id: string): string[] {
    const below = new Set([id]);
    // A turn is made after the one that it follows.
    for (const node of this.#nodes.values()) {
      const parent = node.isDeleted ? null : this.#parentOf(node);
      if (parent !== null && below.has(parent)) below.add(node.id);
    }
    return [...below];
  }

  /** The turns that answer this one. */
  answersTo(id: string): string[] {
    return [...this.#nodes.values()]
      .filter(node => node.parentId === id && node.role === 'assistant' && !node.isDeleted)
      .map(node => node.id);
  }

  #places(): Map<string, string[]> {
    const places = new Map<string, string[]>();
    for (const node of this.#nodes.values()) {
      if (node.isDeleted) continue;
      const place = this.#placeOf(node);
      const siblings = places.get(place);
      if (siblings) siblings.push(node.id);
      else places.set(place, [node.id]);
    }
    return places;
  }

  #placeOf(node: TurnNode): string {
    return `${node.role} after ${this.#parentOf(node) ?? 'nothing'}`;
  }

  #parentOf(node: TurnNode): string | null {
    let { parentId } = node;
    while (parentId !== null) {
      const parent = this.#nodes.get(parentId);
      if (!parent) return null;
      if (!parent.isDeleted) return parentId;
      parentId = parent.parentId;
    }
    return null;
  }
}

function placeAmong(siblings: readonly string[], id: string): SiblingPlace {
  const index = siblings.indexOf(id);
  const [previousId, nextId] = [siblings[index - 1], siblings[index + 1]];
  return {
    index,
    count: siblings.length,
    ...(previousId !== undefined && { previousId }),
    ...(nextId !== undefined && { nextId }),
  };
}
