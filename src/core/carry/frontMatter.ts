import { parseJson } from '../../shared/json.ts';
import { commentJson } from './machineData.ts';

export type FrontMatter =
  | { ok: true; fields: Map<string, FrontMatterField>; bodyStart: number }
  /** It is begun and not ended. */
  | { ok: false };

export interface FrontMatterField {
  /** The text itself where it is no JSON. */
  value: unknown;
  /** 1-based. */
  line: number;
}

/** The fields between two lines of `---`. Their values are JSON, which is YAML as well. */
export function writeFrontMatter(fields: Record<string, unknown>): string[] {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${commentJson(value)}`],
  );
  return ['---', ...lines, '---'];
}

/** Reads what `writeFrontMatter` writes, also as a formatter for YAML leaves it. None at all is no problem. */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  const fields = new Map<string, FrontMatterField>();
  if (lines[0]?.trimEnd() !== '---') return { ok: true, fields, bodyStart: 0 };
  const end = lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(line));
  if (end === -1) return { ok: false };
  let at = 1;
  while (at < end) {
    const [, name, first = ''] = /^([\w-]+):(.*)$/.exec(lines[at] ?? '') ?? [];
    const line = at + 1;
    at++;
    if (name === undefined) continue;
    const parts = [first.trim()];
    for (; at < end && /^\s+\S/.test(lines[at] ?? ''); at++) parts.push((lines[at] ?? '').trim());
    fields.set(name, { value: readScalar(parts.join(' ').trim()), line });
  }
  return { ok: true, fields, bodyStart: end + 1 };
}

function readScalar(text: string): unknown {
  const single = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (single !== undefined) return single.replaceAll("''", "'");
  return parseJson(text) ?? text;
}
