import type { Parameters } from '../../shared/parameters.ts';
import type { StartSettings } from './startSettings.ts';
import { appended, type ConversationStore } from './store.ts';
import type { TurnRecord } from './turns.ts';

export interface ForkSource {
  title: string;
  parameters: Parameters;
  start?: StartSettings;
  /** The turns that the new conversation begins with, oldest first. */
  turns: readonly TurnRecord[];
}

/** Stores a new conversation that begins with the turns of another one, and returns its id. */
export async function forkConversation(
  source: ForkSource,
  store: ConversationStore,
  newId: () => string,
): Promise<string> {
  const id = newId();
  const { title, parameters, start } = source;
  const copies = source.turns.map(turn => ({ ...turn, id: newId() }));
  await store.write([
    ...copies.flatMap((turn, at) => appended(id, turn, copies[at - 1]?.id ?? null)),
    { type: 'set', conversationId: id, parts: { title, parameters, ...(start && { start }) } },
  ]);
  return id;
}
