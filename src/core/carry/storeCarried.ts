import type { ConversationStore } from '../chat/store.ts';
import type { TurnRecord } from '../chat/turns.ts';
import type { CarriedConversation } from './carried.ts';

/** Stores a conversation that came from a file as a new one, whatever is there already, and returns its id. */
export function storeCarried(
  { title, parameters, headId, turns }: CarriedConversation,
  store: ConversationStore,
  newId: () => string,
): string {
  const id = newId();
  const ids = new Map(turns.map(({ record }) => [record.id, newId()]));
  const idOf = (old: string | null): string | null => ids.get(old ?? '') ?? null;
  for (const { parentId, record } of turns) {
    const copy: TurnRecord = { ...record, id: idOf(record.id) ?? newId() };
    store.saveTurn(id, copy, idOf(parentId));
  }
  const head = idOf(headId);
  if (head !== null) store.setHead(id, head);
  store.saveTitle(id, title);
  store.saveParameters(id, parameters);
  return id;
}
