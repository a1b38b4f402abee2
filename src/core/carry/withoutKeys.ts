import type { AnswerState } from '../../shared/conversation.ts';
import { redact } from '../redaction/redact.ts';
import { isFields } from '../../shared/json.ts';
import type { CarriedConversation } from './carried.ts';

/**
 * The conversation without `keys`, wherever they stand in it, and in what endpoints have said of failures without
 * anything that looks like a key. What people and models have written stays as it is otherwise.
 */
export function withoutKeys(conversation: CarriedConversation, keys: readonly string[]): CarriedConversation {
  const known = keys.filter(key => key.length >= 4);
  const clean = (text: string): string => known.reduce((rest, key) => rest.replaceAll(key, '[key]'), text);
  const { turns, ...rest } = cleaned(conversation, clean) as CarriedConversation;
  return {
    ...rest,
    turns: turns.map(({ parentId, record }) => ({
      parentId,
      record: record.role === 'user' ? record : { ...record, state: withoutLookalikes(record.state) },
    })),
  };
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(item => cleaned(item, clean));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [clean(name), cleaned(item, clean)] as const));
}

function withoutLookalikes(state: AnswerState): AnswerState {
  if (!('problem' in state)) return state;
  const { problem } = state;
  const entries = Object.entries(problem).map(
    ([name, value]: [string, unknown]) => [name, typeof value === 'string' ? redact(value) : value] as const,
  );
  return { ...state, problem: { ...problem, ...Object.fromEntries(entries) } };
}
