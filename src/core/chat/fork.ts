import type { Parameters } from '../../shared/parameters.ts';
import type { ConversationStore } from './store.ts';
import type { TurnRecord } from './turns.ts';

export interface ForkSource {
  title: string;
  parameters: Parameters;
  /** The turns that the new conversation begins with, oldest first. */
  turns: readonly TurnRecord[];
}

/** Stores a new conversation that begins with the turns of another one, and returns its id. */
export function forkConversation(source: ForkSource, store: ConversationStore, newId: () => string): string {
  const id = newId();
  let parentId: string | null = null;
  for (const turn of source.turns) {
    const copy = { ...turn, id: newId() };
    store.saveTurn(id, copy, parentId);
    parentId = copy.id;
  }
  store.saveTitle(id, source.title);
  store.saveParameters(id, source.parameters);
  return id;
}
