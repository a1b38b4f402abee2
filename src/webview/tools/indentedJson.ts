import { visible } from '../../shared/visible.ts';

/**
 * JSON text with two spaces for each level; as it is where it is none. An empty text is an empty object. What is not seen,
 * in names of fields as in values, is its number.
 */
export function indentedJson(json: string): string {
  return visible(indented(json));
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json === '' ? '{}' : json), undefined, 2);
  } catch {
    return json;
  }
}
