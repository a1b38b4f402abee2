import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/core/chat/sqliteStore.ts';
import type { AnswerRecord } from '../../src/core/chat/turns.ts';
import type { Excerpt, UserTurn } from '../../src/shared/conversation.ts';

export interface StoredOptions {
  /** Turns, questions and answers together. */
  turns: number;
  /** Paragraphs of each answer; one where it is not said. */
  paragraphs?: number;
}

/** Stores a conversation beside the editor that uses this profile, as another window would. Returns its id. */
export function storeConversation(profile: string, title: string, { turns, paragraphs = 1 }: StoredOptions): string {
  const folder = join(profile, 'data/User/globalStorage/marginalia.marginalia');
  mkdirSync(folder, { recursive: true });
  const store = openSqliteStore(join(folder, 'conversations.sqlite'));
  const conversation = randomUUID();
  let parentId: string | null = null;
  for (let number = 1; number <= turns / 2; number++) {
    const asked: UserTurn = {
      id: randomUUID(),
      role: 'user',
      createdAt: number,
      intent: 'chat',
      text: `Question ${number}.`,
      excerpts: number % 5 === 0 ? [excerpt(number)] : [],
    };
    const answered: AnswerRecord = {
      id: randomUUID(),
      role: 'assistant',
      createdAt: number,
      model: 'claude-sonnet-4-5',
      content: [
        { type: 'thinking', thinking: `A thought about ${number}.`, signature: '' },
        { type: 'text', text: answer(number, paragraphs) },
      ],
      state: { phase: 'complete', stopReason: 'end_turn' },
      usage: { inputTokens: 10, outputTokens: 100 },
    };
    store.saveTurn(conversation, asked, parentId);
    store.saveTurn(conversation, answered, asked.id);
    parentId = answered.id;
  }
  store.saveTitle(conversation, title);
  store.close();
  return conversation;
}

function excerpt(number: number): Excerpt {
  const lines = Array.from({ length: 20 }, (_, at) => `const line${at} = ${number};`);
  return {
    path: `src/part${number}.ts`,
    uri: `file:///src/part${number}.ts`,
    languageId: 'typescript',
    startLine: 1,
    endLine: lines.length,
    code: lines.join('\n'),
  };
}

/** Of different heights: prose, a list and code take turns. */
function answer(number: number, paragraphs: number): string {
  const prose = `Some words about **${number}** that take more than a line of a narrow view, so that they have to break. `;
  const parts = Array.from({ length: paragraphs }, (_, at) => prose.repeat(1 + ((number + at) % 5)));
  if (number % 3 === 0) parts.push(`- one\n- two\n- ${number}`);
  if (number % 4 === 0) parts.push(`\`\`\`ts\nexport const value = ${number};\nconsole.log(value);\n\`\`\``);
  return [`Answer ${number}.`, ...parts].join('\n\n');
}
