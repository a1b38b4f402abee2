import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';
import { appended } from '../../src/core/conversation/store.ts';
import type { AnswerRecord, TurnRecord } from '../../src/core/conversation/turns.ts';
import type { AnswerContent } from '../../src/core/messages/wire.ts';
import type { Excerpt } from '../../src/shared/attachment.ts';
import type { UserTurn } from '../../src/shared/conversation.ts';

export interface StoredOptions {
  /** Turns, questions and answers together. */
  turns: number;
  /** Paragraphs of each answer; one where it is not said. */
  paragraphs?: number;
}

/** Stores a conversation beside the editor that uses this profile, as another window would. Returns its id. */
export function storeConversation(profile: string, title: string, { turns, paragraphs = 1 }: StoredOptions): string {
  const numbers = Array.from({ length: Math.floor(turns / 2) }, (_, at) => at + 1);
  return storeTurns(
    profile,
    title,
    numbers.flatMap(number => [
      asked(`Question ${number}.`, number % 5 === 0 ? [excerpt(number)] : []),
      answered([
        { type: 'thinking', thinking: `A thought about ${number}.`, signature: '' },
        { type: 'text', text: answer(number, paragraphs) },
      ]),
    ]),
  );
}

/** Stores these turns, one after the other. */
export function storeTurns(profile: string, title: string, turns: readonly TurnRecord[]): string {
  const folder = join(profile, 'data/User/globalStorage/marginalia.marginalia');
  mkdirSync(folder, { recursive: true });
  const store = openSqliteStore(join(folder, 'conversations.sqlite'));
  const conversation = randomUUID();
  store.write([
    ...turns.flatMap((turn, at) => appended(conversation, { ...turn, createdAt: at + 1 }, turns[at - 1]?.id ?? null)),
    { type: 'set', conversationId: conversation, parts: { title } },
  ]);
  store.close();
  return conversation;
}

export function asked(text: string, excerpts: Excerpt[] = []): UserTurn {
  return { id: randomUUID(), role: 'user', createdAt: 0, intent: 'chat', text, excerpts };
}

export function answered(content: AnswerContent[]): AnswerRecord {
  return {
    id: randomUUID(),
    role: 'assistant',
    createdAt: 0,
    model: 'claude-sonnet-4-5',
    content,
    state: { phase: 'complete', stopReason: 'end_turn' },
    usage: { inputTokens: 10, outputTokens: 100 },
  };
}

/** Thinking, text and tool uses by turns, each with its number. */
export function blocksOf(count: number): AnswerContent[] {
  return Array.from({ length: count }, (_, at): AnswerContent => {
    if (at % 3 === 0) return { type: 'thinking', thinking: `The thinking of block ${at}.`, signature: '' };
    if (at % 3 === 1) return { type: 'text', text: `The text of block ${at}.` };
    return { type: 'tool_use', id: `call-${at}`, name: 'look', inputJson: `{"at":${at}}`, input: { at } };
  });
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
