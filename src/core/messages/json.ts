export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that `text` is the JSON of; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON objects that `text` consists of: one, or several that were written without anything between them. */
export function parseObjects(text: string): Fields[] | undefined {
  const trimmed = text.trim();
  const parsed = parseJson(trimmed);
  if (parsed !== undefined) return isFields(parsed) ? [parsed] : undefined;
  for (let seam = trimmed.indexOf('}{'); seam !== -1; seam = trimmed.indexOf('}{', seam + 1)) {
    const first = parseJson(trimmed.slice(0, seam + 1));
    const others = isFields(first) ? parseObjects(trimmed.slice(seam + 1)) : undefined;
    if (isFields(first) && others) return [first, ...others];
  }
  return undefined;
}
