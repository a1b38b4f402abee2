import { randomUUID } from 'node:crypto';
import { ChatSession, type SessionPorts } from '../../src/core/chat/session.ts';
import { inProcess } from '../../src/core/store/inProcess.ts';
import { openSqliteStore, type SqliteStore } from '../../src/core/store/sqliteStore.ts';
import { emptyConversation } from '../../src/core/conversation/store.ts';
import { MessagesClient } from '../../src/core/messages/client.ts';
import { rulesFor } from '../../src/core/models/modelRules.ts';
import { createUndiciTransport } from '../../src/core/transport/undiciTransport.ts';
import type { UserTurn } from '../../src/shared/conversation.ts';
import { refusalsInMemory } from './refusals.ts';

export type Heard = Partial<Pick<SessionPorts, 'emit' | 'runningChanged'>>;

export interface BareWindow {
  store: SqliteStore;
  /** Opens the conversation as it is stored, or begins it. */
  open(id: string, heard?: Heard): ChatSession;
  close(): Promise<void>;
}

/** What a window of the editor holds behind its views: the store in the file at `path`, and conversations. */
export function openWindow(path: string, origin: string): BareWindow {
  const store = openSqliteStore(path);
  const transport = createUndiciTransport();
  const client = new MessagesClient({ transport: () => Promise.resolve(transport) });
  const settings = {
    model: 'claude-sonnet-4-5',
    maxTokens: 1_000,
    stream: true,
    systemPrompt: '',
    reviewSystemPrompt: '',
    stopSequences: [],
    metadataUserId: '',
    promptCaching: true,
  };
  const ports: SessionPorts = {
    store: inProcess(() => store),
    client,
    connect: () =>
      Promise.resolve({ ok: true, endpoint: { messagesUrl: `${origin}/v1/messages`, key: 'a key' }, settings }),
    rulesFor,
    refusals: refusalsInMemory(),
    emit: () => undefined,
    runningChanged: () => undefined,
    placeFindings: () => Promise.resolve([]),
    findingsReported: () => undefined,
    storeFailed: error => {
      throw error;
    },
    now: () => Date.now(),
    clock: () => performance.now(),
    newId: randomUUID,
  };
  return {
    store,
    open: (id, heard) => new ChatSession(store.load(id) ?? emptyConversation(id), { ...ports, ...heard }),
    close: async () => {
      store.close();
      await transport.close();
    },
  };
}

export function typedTurn(text: string, attachments: UserTurn['attachments'] = []): UserTurn {
  return {
    id: randomUUID(),
    role: 'user',
    createdAt: Date.now(),
    intent: 'chat',
    text,
    excerpts: [],
    ...(attachments.length > 0 && { attachments }),
  };
}
