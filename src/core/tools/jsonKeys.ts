/** Where something stands in a text: characters from its start. */
export interface Span {
  start: number;
  end: number;
}

/** The keys of the object that a JSON text is, with their quotes; the last of two that are the same. */
export function topLevelKeys(json: string): Map<string, Span> {
  const keys = new Map<string, Span>();
  let depth = 0;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token.endsWith(':')) {
      const key = token.slice(0, token.lastIndexOf('"') + 1);
      keys.set(keyText(key), { start: index, end: index + key.length });
    }
  }
  return keys;
}

function keyText(key: string): string {
  try {
    return String(JSON.parse(key));
  } catch {
    return key;
  }
}

/** Where a JSON parser has given up, by its own words; the start where they do not say. */
export function placeInError(error: string, json: string): Span {
  const at = Number(/at position (\d+)/.exec(error)?.[1] ?? (/end of JSON input/i.test(error) ? json.length : 0));
  const start = Math.max(0, Math.min(at, json.length - 1));
  return { start, end: start + 1 };
}
