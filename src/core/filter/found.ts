import type { FoundKind } from '../../shared/clearance.ts';

/** A part of a text, `start` to `end` in UTF-16 code units, that is a secret or about a person. */
export interface Found {
  kind: FoundKind;
  start: number;
  end: number;
}

/** What is looked for. */
export interface Wanted {
  secrets: boolean;
  personal: boolean;
}

/** In order and without overlaps: what overlaps is one, of the kind of the longer. */
export function merged(found: readonly Found[]): Found[] {
  const out: Found[] = [];
  for (const next of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1);
    if (!last || next.start >= last.end) {
      out.push({ ...next });
      continue;
    }
    if (next.end - next.start > last.end - last.start) last.kind = next.kind;
    last.end = Math.max(last.end, next.end);
  }
  return out;
}
