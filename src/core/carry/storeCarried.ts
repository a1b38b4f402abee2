import type { ConversationStore, StoreChange } from '../conversation/store.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import type { CarriedConversation } from './carried.ts';

/** Stores a conversation that came from a file as a new one, whatever is there already, and returns its id. */
export async function storeCarried(
  { title, parameters, headId, turns }: CarriedConversation,
  store: ConversationStore,
  newId: () => string,
): Promise<string> {
  const id = newId();
  const ids = new Map(turns.map(({ record }) => [record.id, newId()]));
  const idOf = (old: string | null): string | null => ids.get(old ?? '') ?? null;
  const changes = turns.map(({ parentId, record }): StoreChange => {
    const turn: TurnRecord = { ...record, id: idOf(record.id) ?? newId() };
    return { type: 'append', conversationId: id, turn, parentId: idOf(parentId) };
  });
  const head = idOf(headId) ?? idOf(turns.at(-1)?.record.id ?? null);
  if (head !== null) changes.push({ type: 'moveHead', conversationId: id, headId: head });
  await store.write([...changes, { type: 'set', conversationId: id, parts: { title, parameters } }]);
  return id;
}
