import type { Problem } from '../../shared/problem.ts';
import { type OptionalField, optionalFields } from '../../shared/requestFields.ts';
import type { MessagesRequest } from './wire.ts';

/** Remembers what an endpoint has refused for a model, so that it is not sent there again for a while. */
export interface RefusalMemory {
  fields(origin: string, model: string): ReadonlySet<string>;
  add(origin: string, model: string, field: string): void;
  /** It is sent again from now on. */
  forget(origin: string, model: string, field: string): void;
}

/** Not a field, but remembered like one: the kinds of tools that the service itself defines. */
export const nativeTools = 'native_tools';

/**
 * The field that a refusal names, where the request had it and can do without it: leaving it out is worth a try.
 * Undefined where the refusal is about something else.
 */
export function refusedField({ said }: Problem, request: MessagesRequest): OptionalField | 'cache_control' | undefined {
  const fields = new Set(said?.fields);
  // Before the others: its name stands behind that of the field that carries it.
  if (fields.has('cache_control') && JSON.stringify(request).includes('"cache_control":{')) return 'cache_control';
  const named = optionalFields.filter(field => request[field] !== undefined && fields.has(field));
  // A tool that has to be called can't be left out.
  if (named[0] === 'tools' && request.tool_choice?.type === 'tool') return undefined;
  // Of two that exclude each other, the one that says less about the answer goes: top_p first, thinking last.
  return named.find(field => field === 'top_p') ?? named.find(field => field !== 'thinking') ?? named[0];
}
