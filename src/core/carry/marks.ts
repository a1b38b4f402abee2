/**
 * The lines that tell where a turn begins, and within a turn what is not its plain text. A mark is a comment at the end
 * of a line: invisible where the file is shown, and in nobody's way where it is edited.
 */
export type Mark =
  /** `after` is the number of the turn before; absent: the one above. */
  | { type: 'turn'; label: string; number?: number; after?: number | 'nothing' }
  | { type: 'section'; label: string; kind: SectionKind; index: number }
  /** Ends what is folded. */
  | { type: 'end' }
  /** From here on stand the turns of other branches. */
  | { type: 'others' }
  /** What follows is for the reader alone. */
  | { type: 'note' };

export type SectionKind = 'text' | 'thinking' | 'tool' | 'block' | 'finding' | 'excerpt' | 'attachment' | 'result';

const turnPattern = /^turn (\d{1,9})(?: (?:after (\d{1,9})|(first)))?$/;
const sectionPattern = /^(text|thinking|tool|block|finding|excerpt|attachment|result) (\d{1,9})$/;
const literal = ' <!-- literal -->';

/** The line on which the machine's data begins. */
export const dataStart = '<!-- data';

/** Reads marks; `model` is the one that the file names, whose heading begins a turn also without a mark. */
export class MarkReader {
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  read(line: string): Mark | undefined {
    const comment = commentAtEnd(line);
    const mark = comment && markOf(comment.label, comment.text);
    return mark ?? this.#bareHeading(line);
  }

  /** A line of somebody's text, told apart from our own where it looks like one. */
  escape(line: string): string {
    const isOurs = line.endsWith(literal) || line.trimEnd() === dataStart || this.read(line) !== undefined;
    return isOurs ? `${line}${literal}` : line;
  }

  /** How people write a turn by hand. */
  #bareHeading(line: string): Mark | undefined {
    if (!line.startsWith('## ')) return undefined;
    const label = line.slice(3).trim();
    const isTurn = label === 'You' || label === 'Assistant' || /^claude-\S+$/.test(label) || label === this.#model;
    return isTurn ? { type: 'turn', label } : undefined;
  }
}

export function unescapeLine(line: string): string {
  return line.endsWith(literal) ? line.slice(0, -literal.length) : line;
}

function commentAtEnd(line: string): { label: string; text: string } | undefined {
  const start = line.lastIndexOf('<!-- ');
  const end = line.trimEnd();
  if (start === -1 || !end.endsWith(' -->')) return undefined;
  return { label: line.slice(0, start).trim(), text: end.slice(start + 5, -4) };
}

function markOf(label: string, text: string): Mark | undefined {
  if (text === 'end' || text === 'others' || text === 'note') return { type: text };
  const section = sectionPattern.exec(text);
  if (section) return { type: 'section', label, kind: section[1] as SectionKind, index: Number(section[2]) };
  const [, number, after, first] = turnPattern.exec(text) ?? [];
  if (number === undefined || !label.startsWith('##')) return undefined;
  return {
    type: 'turn',
    label: label.slice(2).trim(),
    number: Number(number),
    ...(after !== undefined && { after: Number(after) }),
    ...(first !== undefined && { after: 'nothing' }),
  };
}
