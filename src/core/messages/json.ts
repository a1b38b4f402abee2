import { type Fields, isFields, parseJson } from '../../shared/json.ts';
import { ObjectEnds } from './objectEnds.ts';

/**
 * The JSON objects that `text` consists of: one, or several that were written without anything between them. Each
 * character is parsed twice at the most.
 */
export function parseObjects(text: string): Fields[] | undefined {
  const trimmed = text.trim();
  // What fails to parse is dear: the error tells where, with the text around it.
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
  const parsed = parseJson(trimmed);
  if (parsed !== undefined) return isFields(parsed) ? [parsed] : undefined;
  return trimmed.includes('}{') ? parseEach(trimmed) : undefined;
}

/** Relays write two or three; more than these are nothing that anybody means. */
const mostObjects = 1_000;

function parseEach(text: string): Fields[] | undefined {
  const objects: Fields[] = [];
  const ends = new ObjectEnds();
  for (let start = 0; start < text.length;) {
    const end = ends.next(text, start);
    const object = end === -1 || text[start] !== '{' ? undefined : parseJson(text.slice(start, end));
    if (!isFields(object) || objects.length === mostObjects) return undefined;
    objects.push(object);
    start = end;
  }
  return objects;
}
