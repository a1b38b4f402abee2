import { parseParameters } from '../../shared/parameterProblem.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import { type Fields, isFields, parseJson } from '../../shared/json.ts';
import type { CarriedTurn } from './carried.ts';
import { type FrontMatterField, readFrontMatter } from './frontMatter.ts';
import { dataStart, type Mark, MarkReader } from './marks.ts';
import { markdownVersion } from './markdown.ts';
import { orderTurns } from './orderTurns.ts';
import { TurnReader, type WrittenSection, type WrittenTurn } from './readTurn.ts';
import type { Birth, NoteAtLine, ReadConversation } from './trouble.ts';

/**
 * Reads what `toMarkdown` has written, also after people and formatters have been at it, or what people have written
 * themselves under headings like `## You`. What is broken is told with its line; the rest is taken.
 */
export function parseMarkdown(text: string, birth: Birth): ReadConversation {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const front = readFrontMatter(lines);
  if (!front.ok) return { ok: false, problem: 'openFrontMatter', line: 1 };
  const version = front.fields.get('marginalia');
  if (typeof version?.value === 'number' && version.value > markdownVersion) {
    return { ok: false, problem: 'newerVersion', line: version.line };
  }
  const notes: NoteAtLine[] = [];
  const fields = new FieldReader(front.fields, notes);
  const marks = new MarkReader(fields.text('model') ?? '');
  const file = splitFile(lines, front.bodyStart, marks);
  if (file.turns.length === 0) return { ok: false, problem: 'noTurns' };
  const heading = /^# (.*)$/.exec(file.before[0]?.text ?? '')?.[1]?.trim();
  const stray = file.before[heading === undefined ? 0 : 1];
  if (stray) notes.push({ note: 'textBeforeTurns', line: stray.line });
  const started = Date.parse(fields.text('created') ?? '');
  const defaults = { ...birth, ...(!Number.isNaN(started) && { now: () => started }) };
  const turns = readTurns(file, defaults, notes);
  return {
    ok: true,
    conversation: {
      id: fields.text('id') ?? '',
      title: fields.text('title') ?? heading ?? '',
      parameters: fields.parameters(),
      headId: turns.headId,
      turns: turns.ordered,
    },
    notes: notes.sort((first, second) => first.line - second.line),
  };
}

class FieldReader {
  readonly #fields: ReadonlyMap<string, FrontMatterField>;
  readonly #notes: NoteAtLine[];

  constructor(fields: ReadonlyMap<string, FrontMatterField>, notes: NoteAtLine[]) {
    this.#fields = fields;
    this.#notes = notes;
  }

  /** Numbers and the like are texts where people leave out the quotes. */
  text(name: string): string | undefined {
    const value = this.#fields.get(name)?.value;
    return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  }

  parameters() {
    const field = this.#fields.get('parameters');
    if (field && field.value !== '' && !isFields(field.value)) this.#notes.push({ note: 'badField', line: field.line });
    return parseParameters(field?.value);
  }
}

interface FileParts {
  /** Lines that hold something and stand before the first turn. */
  before: { text: string; line: number }[];
  turns: (WrittenTurn & { isAside: boolean })[];
  /** The lines of the machine's data. */
  data: { text: string; line: number }[];
}

function splitFile(lines: readonly string[], start: number, marks: MarkReader): FileParts {
  const parts: FileParts = { before: [], turns: [], data: [] };
  let isAside = false;
  let section: WrittenSection | undefined;
  for (let at = start; at < lines.length; at++) {
    const text = lines[at] ?? '';
    const line = at + 1;
    if (text.trimEnd() === dataStart) {
      const end = lines.findIndex((other, index) => index > at && other.trim() === '-->');
      const until = end === -1 ? lines.length : end;
      for (at++; at < until; at++) parts.data.push({ text: lines[at] ?? '', line: at + 1 });
      continue;
    }
    const mark = marks.read(text);
    if (mark?.type === 'others') isAside = true;
    const turn = parts.turns.at(-1);
    if (mark?.type === 'turn') {
      section = { line, lines: [] };
      parts.turns.push({ ...mark, line, isAside, sections: [section] });
    } else if (mark && turn) {
      section = sectionOf(mark, line);
      turn.sections.push(section);
    } else if (section) section.lines.push(text);
    else if (text.trim() !== '') parts.before.push({ text, line });
  }
  return parts;
}

function sectionOf(mark: Exclude<Mark, { type: 'turn' }>, line: number): WrittenSection {
  switch (mark.type) {
    case 'section':
      return { line, lines: [], mark };
    case 'end':
      return { line, lines: [] };
    case 'note':
    case 'others':
      return { line, lines: [], isIgnored: true };
  }
}

function readTurns(
  file: FileParts,
  birth: Birth,
  notes: NoteAtLine[],
): { ordered: CarriedTurn[]; headId: string | null } {
  const reader = new TurnReader(readData(file.data, notes), birth, notes);
  const ids = new Map<number, string>();
  const shown: string[] = [];
  const taken = new Set<string>();
  const read: { turn: FileParts['turns'][number]; record: TurnRecord; above: string | null }[] = [];
  for (const turn of file.turns) {
    // The same turn twice: the second one is a copy that somebody has made.
    const isCopy = turn.number !== undefined && ids.has(turn.number);
    const found = reader.read(turn);
    const record: TurnRecord = isCopy || taken.has(found.id) ? { ...found, id: birth.newId() } : found;
    taken.add(record.id);
    if (turn.number !== undefined && !isCopy) ids.set(turn.number, record.id);
    read.push({ turn, record, above: shown.at(-1) ?? null });
    if (!turn.isAside) shown.push(record.id);
  }
  const placed = read.map(({ turn, record, above }) => {
    const { number, line, after } = turn;
    const parentId = after === undefined ? above : after === 'nothing' ? null : nearestBefore(ids, after);
    if (typeof after === 'number' && !ids.has(after)) notes.push({ note: 'missingParent', line });
    return { number, line, turn: { parentId, record } };
  });
  const { ordered, loose } = orderTurns(placed);
  for (const { line } of loose) notes.push({ note: 'missingParent', line });
  return { ordered, headId: shown.at(-1) ?? ordered.at(-1)?.record.id ?? null };
}

/** The turn of this number, or of the nearest lower one where it was taken out of the file. */
function nearestBefore(ids: ReadonlyMap<number, string>, number: number): string | null {
  let nearest = 0;
  for (const known of ids.keys()) if (known <= number && known > nearest) nearest = known;
  return ids.get(nearest) ?? null;
}

function readData(lines: FileParts['data'], notes: NoteAtLine[]) {
  const turns = new Map<number, { value: Fields; line: number }>();
  const blobs = new Map<number, string>();
  for (const { text, line } of lines) {
    if (text.trim() === '') continue;
    const [, kind, number, json = ''] = /^(turn|blob) (\d{1,9}) (.*)$/.exec(text) ?? [];
    const value = parseJson(json);
    if (kind === 'turn' && isFields(value)) turns.set(Number(number), { value, line });
    else if (kind === 'blob' && typeof value === 'string') blobs.set(Number(number), value);
    else notes.push({ note: 'badData', line });
  }
  return { turns, blobs };
}
