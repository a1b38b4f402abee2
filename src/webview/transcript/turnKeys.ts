import type { CompositionGuard } from '../ui/composition.ts';
import type { Services } from '../services.ts';
import type { Store } from '../store.ts';

interface Parts {
  store: Store;
  revealTurn: Services['revealTurn'];
  composition: CompositionGuard;
}

/** Frames until a turn is drawn that was far from what is seen. */
const mostFrames = 8;

/** Ctrl+↑ and Ctrl+↓ (Cmd on a Mac) take the keyboard from turn to turn, and from the last one to the message. */
export function listenForTurnKeys(document: Document, { store, revealTurn, composition }: Parts): void {
  const focusTurn = (id: string, frames = mostFrames): void => {
    const turn = revealTurn(id)?.querySelector<HTMLElement>('article');
    if (turn) showTurn(turn);
    else if (frames > 0) requestAnimationFrame(() => focusTurn(id, frames - 1));
  };
  document.addEventListener('keydown', event => {
    const step = stepOf(event);
    const from = event.target;
    if (step === undefined || composition.owns(event) || !(from instanceof Element) || isWriting(from, event)) return;
    const ids = (store.state?.conversation.turns ?? [])
      .filter(turn => turn.role === 'assistant' || !turn.handsBack)
      .map(({ id }) => id);
    const target = turnBeside(ids, from.closest('[data-turn]')?.getAttribute('data-turn') ?? undefined, step);
    if (target === undefined) return;
    event.preventDefault();
    // The editor would hear of the key, too.
    event.stopPropagation();
    if (target === 'message') document.getElementById('composer')?.focus();
    else focusTurn(target);
  });
}

function stepOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): 1 | -1 | undefined {
  if (ctrlKey === metaKey || altKey || shiftKey) return undefined;
  if (key === 'ArrowUp') return -1;
  return key === 'ArrowDown' ? 1 : undefined;
}

/** In a field the key moves the caret; in an empty message there is nothing that it could move over. */
function isWriting(from: Element, event: KeyboardEvent): boolean {
  if (!(from instanceof HTMLTextAreaElement)) return from.matches('input, select');
  return from.id !== 'composer' || (event.metaKey && from.value !== '');
}

/**
 * Where the key leads from a turn: to its neighbour, behind the last one to the message, and from anywhere else up to
 * the last. Undefined where there is nothing on that side.
 */
export function turnBeside(ids: readonly string[], from: string | undefined, step: 1 | -1): string | undefined {
  const at = from === undefined ? ids.length : ids.indexOf(from);
  if (at === -1) return undefined;
  if (at + step === ids.length) return 'message';
  return ids[at + step];
}

function showTurn(turn: HTMLElement): void {
  // Not for good: a click into its text must not take the focus.
  turn.tabIndex = -1;
  turn.addEventListener('blur', () => turn.removeAttribute('tabindex'), { once: true });
  turn.focus({ preventScroll: true });
  turn.scrollIntoView({ block: 'start' });
}
