import { readersOwn } from '../markdown/morph.ts';
import { applySorting } from '../blocks/tableActions.ts';

/** Elements that no component renders and that the reader opens, folds, wraps or sorts. */
const stateful = '.code-block, .code-block [data-code], .table-wrapper, details';

/** The attributes that the reader has changed; null for one that was taken away. */
type ElementState = Record<string, string | null>;

/** Keeps how the elements of turns stand while those are not in the document. */
export class ElementStates {
  readonly #states = new Map<string, ElementState[]>();

  /** The turn has been drawn. Returns what is to be called before it goes. */
  keep(turnId: string, turn: Element): () => void {
    const states = this.#states.get(turnId);
    if (states) write(turn, states);
    return () => this.#states.set(turnId, read(turn));
  }
}

function read(turn: Element): ElementState[] {
  return Array.from(turn.querySelectorAll(stateful), element => {
    const names = element.getAttribute(readersOwn)?.split(' ') ?? [];
    const changed = [
      ...names,
      ...(names.length > 0 ? [readersOwn] : []),
      ...(element.matches('details') ? ['open'] : []),
    ];
    return Object.fromEntries(changed.map(name => [name, element.getAttribute(name)]));
  });
}

/** A turn that is over is drawn the same every time; one that is not the same begins anew. */
function write(turn: Element, states: readonly ElementState[]): void {
  const elements = [...turn.querySelectorAll(stateful)];
  if (elements.length !== states.length) return;
  for (const [index, element] of elements.entries()) {
    for (const [name, value] of Object.entries(states[index] ?? {})) {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
    if (element instanceof HTMLElement && element.hasAttribute('data-sorted')) applySorting(element);
  }
}
