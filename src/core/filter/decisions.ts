import { isFields } from '../../shared/json.ts';

/** How secrets go out that the user has decided about. */
export type Decision = 'placeholders' | 'asIs';

/** What was decided in one conversation. No secret is in it: only what can be compared with one. */
export interface StoredDecisions {
  /** Of this conversation alone, so that the same secret is not known again in another. */
  salt: string;
  /** By the hash of salt and secret. */
  of: Record<string, Decision>;
  /** For whatever else is found. */
  standing?: Decision;
}

/** Where the decisions of one conversation are kept. */
export interface DecisionMemory {
  read: () => StoredDecisions | undefined;
  /** Undefined: they are taken back. */
  write: (stored: StoredDecisions | undefined) => void;
}

/** Conversations whose decisions are kept, the last that were decided in. */
const mostConversations = 200;

export interface DecisionStorage {
  read: () => unknown;
  write: (all: Record<string, StoredDecisions>) => void;
}

/** The memories of all conversations, in one storage. */
export function decisionMemories({ read, write }: DecisionStorage): (conversationId: string) => DecisionMemory {
  const all = (): [string, StoredDecisions][] => {
    const stored = read();
    const entries = isFields(stored) ? Object.entries(stored) : [];
    return entries.flatMap(([id, value]) => (isStored(value) ? [[id, value] as [string, StoredDecisions]] : []));
  };
  return conversationId => ({
    read: () => all().find(([id]) => id === conversationId)?.[1],
    write: stored => {
      const others = all().filter(([id]) => id !== conversationId);
      const kept = stored ? [...others, [conversationId, stored] as const] : others;
      write(Object.fromEntries(kept.slice(-mostConversations)));
    },
  });
}

/** What can be compared with the secret, and tells nothing of it without the salt. */
export async function hashOf(salt: string, secret: string): Promise<string> {
  // The global one: to load Node's takes as long as a third of the extension.
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt}\n${secret}`));
  return Buffer.from(digest).toString('base64');
}

function isStored(value: unknown): value is StoredDecisions {
  if (!isFields(value) || typeof value['salt'] !== 'string' || !isFields(value['of'])) return false;
  const { standing } = value;
  return [...Object.values(value['of']), standing ?? 'asIs'].every(isDecision);
}

function isDecision(value: unknown): value is Decision {
  return value === 'placeholders' || value === 'asIs';
}
