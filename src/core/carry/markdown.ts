import type { AnswerState } from '../../shared/conversation.ts';
import { problemText } from '../../shared/problemText.ts';
import { headingOf } from '../../shared/turnMarkdown.ts';
import { answerText, type TurnRecord } from '../conversation/turns.ts';
import { type CarriedConversation, type CarriedTurn, shownTurns } from './carried.ts';
import { writeFrontMatter } from './frontMatter.ts';
import { MachineDataWriter } from './machineData.ts';
import { dataStart, MarkReader } from './marks.ts';
import { type Section, sectionLines, splitTurn } from './sections.ts';

/** The version of the format. A reader takes every version up to its own. */
export const markdownVersion = 1;

/**
 * A conversation as one Markdown file that people can read, compare and edit, and that `parseMarkdown` makes the same
 * conversation of. In this order: front matter; the turns of the branch that is shown, each under a heading; those of
 * other branches, folded; what only a machine needs, in a comment with one line for each turn.
 */
export function toMarkdown(conversation: CarriedConversation): string {
  const shown = shownTurns(conversation);
  const model = modelOf(conversation, shown);
  const numbers = new Map(conversation.turns.map(({ record }, at) => [record.id, at + 1]));
  const writer = new TurnWriter(numbers, new MarkReader(model));
  const isShown = new Set(shown);
  const others = conversation.turns.filter(turn => !isShown.has(turn));
  const front = writeFrontMatter({
    marginalia: markdownVersion,
    id: conversation.id === '' ? undefined : conversation.id,
    title: conversation.title,
    model: model === '' ? undefined : model,
    created: isoTime(conversation.turns[0]?.record.createdAt),
    parameters: conversation.parameters,
  });
  const read = shown.flatMap(turn => writer.write(turn, false));
  const folded = others.flatMap(turn => writer.write(turn, true));
  const aside =
    others.length === 0
      ? []
      : ['<details><summary>Other versions</summary> <!-- others -->', '', ...folded, '</details> <!-- end -->', ''];
  return [...front, '', ...read, ...aside, dataStart, ...writer.dataLines(), '-->', ''].join('\n');
}

class TurnWriter {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #marks: MarkReader;
  readonly #machine = new MachineDataWriter();
  readonly #data = new Map<number, string>();

  constructor(numbers: ReadonlyMap<string, number>, marks: MarkReader) {
    this.#numbers = numbers;
    this.#marks = marks;
  }

  /** `isAside`: it does not follow the turn that stands above it. */
  write({ parentId, record }: CarriedTurn, isAside: boolean): string[] {
    const number = this.#numbers.get(record.id) ?? 0;
    const { sections, rest } = splitTurn(record);
    const check = checkOf(record);
    this.#data.set(number, `turn ${number} ${this.#machine.write({ record: rest, ...(check && { check }) })}`);
    const parent = parentId === null ? 'first' : `after ${this.#numbers.get(parentId) ?? 0}`;
    const heading = `## ${headingOf(record)} <!-- turn ${number}${isAside ? ` ${parent}` : ''} -->`;
    const lines = [[heading, '']];
    let needsMark = false;
    for (const section of sections) {
      const written = this.#sectionLines(section, needsMark);
      lines.push(written);
      // Text goes on until the next mark; what is folded or fenced has an end of its own.
      if (written.length > 0) needsMark = section.kind === 'text' || section.kind === 'finding' || !section.kind;
    }
    const note = record.role === 'assistant' ? noteOn(record.state) : '';
    if (note !== '') lines.push([`*${note}* <!-- note -->`, '']);
    return lines.flat();
  }

  /** In the order of the turns' making, so that what is said later is written below. */
  dataLines(): string[] {
    const turns = [...this.#data].sort(([first], [second]) => first - second);
    return [...turns.map(([, line]) => line), ...this.#machine.blobLines()];
  }

  #sectionLines(section: Section, needsMark: boolean): string[] {
    const { kind, index, label, shown } = section;
    const body = sectionLines(section, line => this.#marks.escape(line));
    const bodyAndBlank = body.length > 0 ? [...body, ''] : [];
    if (kind === undefined || (kind === 'text' && shown !== '' && !needsMark)) return bodyAndBlank;
    const mark = [label, `<!-- ${kind} ${index} -->`].filter(part => part !== '').join(' ');
    const end = kind === 'thinking' ? ['</details> <!-- end -->', ''] : [];
    return [mark, '', ...bodyAndBlank, ...end];
  }
}

/** Tells whether an answer still says what the model said. */
export function checkOf(record: TurnRecord): string | undefined {
  if (record.role === 'user') return undefined;
  return process
    .getBuiltinModule('node:crypto')
    .createHash('sha256')
    .update(answerText(record).toWellFormed())
    .digest('hex')
    .slice(0, 12);
}

function modelOf({ parameters }: CarriedConversation, shown: readonly CarriedTurn[]): string {
  if (parameters.model !== undefined) return parameters.model;
  const answer = shown.findLast(({ record }) => record.role === 'assistant')?.record;
  return answer?.role === 'assistant' ? answer.model : '';
}

/** Why an answer is not whole. The file speaks English, whoever writes it. */
function noteOn(state: AnswerState): string {
  if (state.phase === 'stopped') return 'Stopped';
  if (state.phase !== 'failed' && state.phase !== 'truncated') return '';
  return problemText(state.problem, (text, ...values) =>
    text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)])),
  ).title;
}

function isoTime(milliseconds: number | undefined): string | undefined {
  const time = new Date(milliseconds ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
