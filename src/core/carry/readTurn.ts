import type { Excerpt } from '../../shared/attachment.ts';
import { findingBody } from '../../shared/turnMarkdown.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';
import { type Fields, isFields } from '../../shared/json.ts';
import { readMachineData } from './machineData.ts';
import { checkOf } from './markdown.ts';
import { type Mark, type SectionKind, unescapeLine } from './marks.ts';
import { parseTurn } from '../conversation/parseTurn.ts';
import { readText, type TextForm, withoutBlankEdges, writeText } from './textForm.ts';
import type { Birth, NoteAtLine } from './trouble.ts';

/** A turn as it stands in the file. */
export interface WrittenTurn {
  label: string;
  number?: number;
  after?: number | 'nothing';
  /** 1-based. */
  line: number;
  sections: WrittenSection[];
}

export interface WrittenSection {
  /** 1-based. */
  line: number;
  lines: string[];
  /** Absent: text. */
  mark?: Mark & { type: 'section' };
  isIgnored?: boolean;
}

/** The lines that only a machine needs, by the numbers of their turns. */
export interface TurnData {
  turns: ReadonlyMap<number, { value: Fields; line: number }>;
  blobs: ReadonlyMap<number, string>;
}

/** A section with its fence taken apart: text, or the body of what its mark names. */
interface Part {
  line: number;
  text: string;
  kind: SectionKind | 'said';
  index: number;
  label: string;
  language: string;
}

/** Puts turns together from what stands in the file for readers and what stands there for machines. */
export class TurnReader {
  readonly #data: TurnData;
  readonly #birth: Birth;
  readonly #notes: NoteAtLine[];

  constructor(data: TurnData, birth: Birth, notes: NoteAtLine[]) {
    this.#data = data;
    this.#birth = birth;
    this.#notes = notes;
  }

  read(turn: WrittenTurn): TurnRecord {
    const parts = turn.sections.flatMap(section => (section.isIgnored ? [] : this.#partsOf(section)));
    const data = this.#data.turns.get(turn.number ?? -1);
    const rest = isFields(data?.value['record']) ? data.value['record'] : undefined;
    const already = this.#notes.length;
    const whole = parseTurn(this.#join(turn.label, parts, rest));
    if (whole) return checked(whole, data?.value['check']);
    // What the data holds is no turn; what stands there for the reader is one.
    this.#notes.splice(already);
    if (data) this.#notes.push({ note: 'badData', line: data.line });
    return this.#join(turn.label, parts, undefined) as unknown as TurnRecord;
  }

  #partsOf({ mark, lines, line }: WrittenSection): Part[] {
    const text = lines.map(unescapeLine);
    const said = (from: number, index: number): Part => {
      const body = withoutBlankEdges(text.slice(from).join('\n'));
      return { line, text: body, kind: 'said', index, label: '', language: '' };
    };
    if (!mark) return [said(0, 0)];
    const { kind, index, label } = mark;
    const part: Part = { line, text: '', kind, index, label, language: '' };
    if (kind === 'text' || kind === 'thinking' || kind === 'finding') return [{ ...part, text: said(0, 0).text }];
    const open = lines.findIndex(other => other.trim() !== '');
    const [, fence, language = ''] = /^(`{3,}|~{3,})\s*(\S*)/.exec(lines[open] ?? '') ?? [];
    if (fence === undefined || kind === 'block') {
      // These always have one.
      if (kind === 'excerpt' || kind === 'tool' || kind === 'result') this.#notes.push({ note: 'missingData', line });
      return [part, said(0, index + 1)];
    }
    const found = lines.findIndex((other, at) => at > open && other.startsWith(fence) && /^(`+|~+)\s*$/.test(other));
    if (found === -1) this.#notes.push({ note: 'openFence', line: line + open + 1 });
    const close = found === -1 ? lines.length : found;
    return [{ ...part, language, text: text.slice(open + 1, close).join('\n') }, said(close + 1, index + 1)];
  }

  #join(label: string, parts: readonly Part[], rest: Fields | undefined): Fields {
    const isPrompt = rest ? rest['role'] === 'user' : label === 'You';
    return isPrompt ? this.#prompt(parts, rest) : this.#answer(label, parts, rest);
  }

  #prompt(parts: readonly Part[], rest: Fields | undefined): Fields {
    const [first, ...later] = parts.filter(({ kind, text }, at) => kind === 'said' && (at === 0 || text !== ''));
    const known = rest ?? { ...this.#born('user'), intent: 'chat', text: { $body: {} } };
    const fields = this.#decode(known, first?.text ?? '', 'paragraph');
    const texts = [fields['text'], ...later.map(({ text }) => text)];
    fields['text'] = texts.filter(text => typeof text === 'string' && text !== '').join('\n\n');
    fields['excerpts'] = this.#list(parts, 'excerpt', rest?.['excerpts']) ?? [];
    const attachments = this.#list(parts, 'attachment', rest?.['attachments']);
    const toolResults = this.#list(parts, 'result', rest?.['toolResults']);
    return { ...fields, ...(attachments && { attachments }), ...(toolResults && { toolResults }) };
  }

  #answer(label: string, parts: readonly Part[], rest: Fields | undefined): Fields {
    const known: Fields = rest ?? {
      ...this.#born('assistant'),
      model: label === 'Assistant' ? '' : label,
      state: { phase: 'complete', stopReason: 'end_turn' },
    };
    const entries = Array.isArray(known['content']) ? (known['content'] as unknown[]) : [];
    const content: Fields[] = [];
    let next = 1;
    for (const part of parts) {
      const index = part.index === 0 ? next : part.index;
      const block = this.#block(part, index, entries);
      if (!block) continue;
      content.push(block);
      next = index + 1;
    }
    const findings = this.#findings(parts, known['findings'], content);
    const others = this.#decode({ ...known, content: [] }, '', 'paragraph');
    return { ...others, content, ...(findings && { findings }) };
  }

  #born(role: 'user' | 'assistant'): Fields {
    return { id: this.#birth.newId(), role, createdAt: this.#birth.now() };
  }

  #block(part: Part, index: number, known: readonly unknown[]): Fields | undefined {
    const { kind, text, line } = part;
    const entry = known[index - 1];
    const type = isFields(entry) ? entry['type'] : undefined;
    switch (kind) {
      case 'said':
        if (text === '') return undefined;
        return this.#decode(type === 'text' && isFields(entry) ? entry : emptyText, text, 'paragraph');
      case 'text':
        return this.#decode(type === 'text' && isFields(entry) ? entry : emptyText, text, 'paragraph');
      case 'thinking':
        if (type === 'thinking' && isFields(entry)) return this.#decode(entry, text, 'paragraph');
        return { type: 'thinking', thinking: text, signature: '' };
      case 'tool':
      case 'block':
        if (isFields(entry)) return this.#decode(entry, text, 'fence');
        this.#notes.push({ note: 'missingData', line });
        return undefined;
      case 'attachment':
      case 'excerpt':
      case 'finding':
      case 'result':
        return undefined;
    }
  }

  /** The entries of a list whose sections are still there. */
  #list(parts: readonly Part[], kind: SectionKind, entries: unknown): Fields[] | undefined {
    const known = Array.isArray(entries) ? (entries as unknown[]) : [];
    const mine = parts.filter(part => part.kind === kind);
    const list = mine.flatMap(part => {
      const entry = known[part.index - 1];
      if (isFields(entry)) return [this.#decode(entry, part.text, 'fence')];
      const excerpt = kind === 'excerpt' ? excerptFrom(part) : undefined;
      if (excerpt) return [{ ...excerpt }];
      this.#notes.push({ note: 'missingData', line: part.line });
      return [];
    });
    return list.length > 0 || Array.isArray(entries) ? list : undefined;
  }

  #findings(parts: readonly Part[], reported: unknown, content: Fields[]): unknown[] | undefined {
    const known = Array.isArray(reported) ? (reported as unknown[]) : [];
    const findings = parts.flatMap(part => {
      if (part.kind !== 'finding') return [];
      const finding = this.#decode({ finding: known[part.index - 1] }, '', 'paragraph')['finding'];
      if (finding === undefined) {
        content.push({ type: 'text', text: `${part.label}\n\n${part.text}` });
        return [];
      }
      if (shownBodyOf(finding) !== part.text) this.#notes.push({ note: 'editedFinding', line: part.line });
      return [finding];
    });
    return Array.isArray(reported) ? findings : undefined;
  }

  #decode(fields: Fields, shown: string, place: 'paragraph' | 'fence'): Fields {
    const body = (form: TextForm): string => readText(shown, form, place);
    const decoded = readMachineData(fields, { blobs: this.#data.blobs, body });
    return isFields(decoded) ? decoded : {};
  }
}

const emptyText: Fields = { type: 'text', text: { $body: {} } };

/** An answer whose words are no longer the model's says so. */
function checked(record: TurnRecord, check: unknown): TurnRecord {
  if (record.role === 'user' || typeof check !== 'string' || checkOf(record) === check) return record;
  const edited: AnswerRecord = { ...record, isEdited: true };
  return edited;
}

function excerptFrom({ label, text, language }: Part): Excerpt | undefined {
  const [, path, start, end = start] = /^`+ ?(.*):(\d+)(?:[–-](\d+))? ?`+$/.exec(label) ?? [];
  if (path === undefined) return undefined;
  return { path, uri: '', languageId: language, startLine: Number(start), endLine: Number(end), code: text };
}

function shownBodyOf(finding: unknown): string | undefined {
  const parsed = parseTurn({ ...emptyAnswer, findings: [finding] });
  const body = parsed?.role === 'assistant' && parsed.findings?.[0] ? findingBody(parsed.findings[0]) : undefined;
  return body === undefined ? undefined : writeText(body, 'paragraph').shown;
}

const emptyAnswer = { role: 'assistant', id: '', createdAt: 0, model: '', content: [], state: { phase: 'stopped' } };
