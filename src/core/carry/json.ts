import { parseParameters } from '../../shared/parameterProblem.ts';
import { type Fields, isFields } from '../../shared/json.ts';
import type { CarriedConversation, CarriedTurn } from './carried.ts';
import { parseTurn } from '../conversation/parseTurn.ts';
import type { ReadConversation } from './trouble.ts';

const format = 'marginalia-conversation';

/** The version of the format. A reader takes every version up to its own. */
const jsonVersion = 1;

/** A conversation as JSON, for programs. */
export function toJson(conversation: CarriedConversation): string {
  return `${JSON.stringify({ format, version: jsonVersion, conversation }, undefined, 2)}\n`;
}

/** Reads what `toJson` has written. A file that is wrong anywhere is refused as a whole. */
export function parseJsonConversation(text: string): ReadConversation {
  const file = read(text);
  if (!file.ok) return { ok: false, problem: 'notJson', ...(file.line !== undefined && { line: file.line }) };
  const { value } = file;
  if (!isFields(value) || value['format'] !== format) return { ok: false, problem: 'notAConversation' };
  const { version, conversation } = value;
  if (typeof version === 'number' && version > jsonVersion) return { ok: false, problem: 'newerVersion' };
  if (!isFields(conversation) || !Array.isArray(conversation['turns']))
    return { ok: false, problem: 'notAConversation' };
  return readConversation(conversation, conversation['turns']);
}

function readConversation({ id, title, parameters, headId }: Fields, entries: unknown[]): ReadConversation {
  const turns: CarriedTurn[] = [];
  const ids = new Set<string | null>([null]);
  for (const [at, entry] of entries.entries()) {
    const turn = at + 1;
    const record = isFields(entry) ? parseTurn(entry['record']) : undefined;
    const parentId = isFields(entry) ? entry['parentId'] : undefined;
    if (!record || ids.has(record.id)) return { ok: false, problem: 'badTurn', turn };
    if ((typeof parentId !== 'string' && parentId !== null) || !ids.has(parentId)) {
      return { ok: false, problem: 'badParent', turn };
    }
    ids.add(record.id);
    turns.push({ parentId, record });
  }
  if (turns.length === 0) return { ok: false, problem: 'noTurns' };
  const head = typeof headId === 'string' && ids.has(headId) ? headId : turns.at(-1)?.record.id;
  return {
    ok: true,
    conversation: {
      id: typeof id === 'string' ? id : '',
      title: typeof title === 'string' ? title : '',
      parameters: parseParameters(parameters),
      headId: head ?? null,
      turns,
    },
    notes: [],
  };
}

function read(text: string): { ok: true; value: unknown } | { ok: false; line?: number } {
  try {
    return { ok: true, value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return line === undefined ? { ok: false } : { ok: false, line: Number(line) };
  }
}
