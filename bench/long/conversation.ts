import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/core/store/sqliteStore.ts';
import { appended } from '../../src/core/conversation/store.ts';
import type { AnswerRecord, TurnRecord } from '../../src/core/conversation/turns.ts';
import type { UserTurn } from '../../src/shared/conversation.ts';

export interface LongOptions {
  /** Questions and answers together. */
  turns: number;
  /** Of all texts together, about. */
  characters: number;
  /** The number of the first question. What repeats does so after 510 pairs. */
  first?: number;
}

/**
 * A conversation as people have them: short questions, some with code; answers of very different lengths in prose,
 * lists, tables and code, every third with thinking. The answer to question N says “Answer N.” first.
 */
export function longConversation({ turns, characters, first = 1 }: LongOptions): TurnRecord[] {
  const pairs = turns / 2;
  return Array.from({ length: pairs }, (_, at) => {
    const number = first + at;
    // From a fifth of the mean to nearly twice of it.
    const length = (characters / pairs) * (0.2 + ((number * 7) % 17) / 10);
    return [question(number), answer(number, length)];
  }).flat();
}

/** How the last answer begins, in a paragraph of its own. */
export function lastWords(turns: readonly TurnRecord[]): string {
  const last = turns.at(-1);
  const block = last?.role === 'assistant' ? last.content.find(({ type }) => type === 'text') : undefined;
  if (block?.type !== 'text') throw new Error('The conversation does not end with an answer.');
  return block.text.split('\n', 1)[0] ?? '';
}

const turnsToSend = 10;

/**
 * Stores a conversation in the profile of an editor, as another window would. What no model takes any more is summed
 * up, so that it can be gone on with.
 */
export function storeConversation(profile: string, title: string, turns: readonly TurnRecord[]): void {
  const folder = join(profile, 'data/User/globalStorage/marginalia.marginalia');
  mkdirSync(folder, { recursive: true });
  const store = openSqliteStore(join(folder, 'conversations.sqlite'));
  const id = randomUUID();
  store.write([
    ...turns.flatMap((turn, at) => appended(id, turn, turns[at - 1]?.id ?? null)),
    { type: 'set', conversationId: id, parts: { title } },
  ]);
  const lastSummedUp = turns.at(-1 - turnsToSend);
  if (lastSummedUp) {
    const turn: AnswerRecord = { ...answer(0, 1_000), isSummary: true };
    store.write([
      {
        type: 'set',
        conversationId: id,
        parts: { condensed: { summaries: [{ throughTurnId: lastSummedUp.id, turn }], omitted: [] } },
      },
    ]);
  }
  store.close();
}

function question(number: number): UserTurn {
  const code = Array.from({ length: 20 }, (_, at) => `const line${at} = ${number};`).join('\n');
  const excerpt = {
    path: `src/part${number}.ts`,
    uri: `file:///src/part${number}.ts`,
    languageId: 'typescript',
    startLine: 1,
    endLine: 20,
    code,
  };
  return {
    id: `question ${number} ${randomUUID()}`,
    role: 'user',
    createdAt: number,
    intent: 'chat',
    text: `Question ${number}: how does part ${number} work?`,
    excerpts: number % 5 === 0 ? [excerpt] : [],
  };
}

function answer(number: number, length: number): AnswerRecord {
  return {
    id: `answer ${number} ${randomUUID()}`,
    role: 'assistant',
    createdAt: number,
    model: 'claude-sonnet-4-5',
    content: [
      ...(number % 3 === 0
        ? [{ type: 'thinking', thinking: `They ask about part ${number}. Secret${number}.`, signature: '' } as const]
        : []),
      { type: 'text', text: markdown(number, length) },
    ],
    state: { phase: 'complete', stopReason: 'end_turn' },
    usage: { inputTokens: 100 * number, outputTokens: 100 },
  };
}

function markdown(number: number, length: number): string {
  const parts = [`Answer ${number}.`];
  for (let at = 0, size = 0; size < length; at++) {
    const part = (kinds[(number + at) % kinds.length] ?? prose)(number, at);
    parts.push(part);
    size += part.length;
  }
  return parts.join('\n\n');
}

type Kind = (number: number, at: number) => string;

const prose: Kind = (number, at) =>
  `Part **${number}** does ${at} things at a time, which is *not* what \`run(${at})\` promises. `.repeat(2 + (at % 4));

const kinds: Kind[] = [
  prose,
  (number, at) =>
    `### Step ${at} of ${number}\n\n- first\n- second, with [a link](https://example.com/${number})\n- third`,
  prose,
  (number, at) => {
    const lines = Array.from({ length: 6 + (at % 9) }, (_, line) => `  total += price[${line}] * ${number + at};`);
    return `\`\`\`ts\nfunction sum${at}() {\n${lines.join('\n')}\n}\n\`\`\``;
  },
  (number, at) => `| name | value |\n| --- | --- |\n| part | ${number} |\n| step | ${at} |`,
  prose,
];
