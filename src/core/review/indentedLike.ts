import { indentationOf, isCloser } from '../context/codeLines.ts';

/** How lines are indented; `width` is the columns of one level. */
interface Style {
  usesTabs: boolean;
  width: number;
}

/** How deep a line stands: whole levels, and blanks beyond them, which line it up with something. */
interface Depth {
  levels: number;
  blanks: number;
}

/**
 * Code as deep as the lines that it replaces, indented as they are. How its own lines stand to each other stays.
 * `quoted` is how the model wrote the lines of `old`: as deep as it sees them, it writes what replaces them. Models drop
 * the indentation of all lines or only of the first; which of the two it is, the code has to show.
 */
export function indentedLike(
  code: readonly string[],
  quoted: readonly string[],
  old: readonly string[],
  file: readonly string[],
): { lines: string[]; isSure: boolean } {
  const style = styleOf(old, file, code);
  const tries = writtenStyles(code, quoted, old, style).flatMap(written => {
    const depths = code.map(line => depthOf(line, written));
    return shiftsOf({ code, depths, quoted, old, style, written }).map(shift => ({
      ...shift,
      lines: moved(code, depths, shift.levels, old[0] ?? '', style),
    }));
  });
  const fitting = tries.filter(({ fits }) => fits);
  const [first] = fitting.length > 0 ? fitting : tries;
  const texts = new Set((fitting.length > 0 ? fitting : tries).map(({ lines }) => lines.join('\n')));
  return { lines: first?.lines ?? [], isSure: texts.size === 1 && first?.isSure === true };
}

/** The code with the first line where the replaced one stands, and the others by so many levels elsewhere. */
function moved(
  code: readonly string[],
  depths: readonly Depth[],
  by: number,
  replaced: string,
  style: Style,
): string[] {
  const start = indentation(replaced);
  const base = depthOf(start, style);
  return code.map((line, index) => {
    const content = line.trimStart();
    const depth = depths[index];
    if (content === '' || !depth) return '';
    const levels = depth.levels + by;
    const isBase = index === 0 || (levels === base.levels && depth.blanks === depths[0]?.blanks);
    return (isBase ? start : indent({ levels, blanks: depth.blanks }, style)) + content;
  });
}

interface Situation {
  code: readonly string[];
  depths: readonly Depth[];
  quoted: readonly string[];
  old: readonly string[];
  style: Style;
  written: Style;
}

interface Shift {
  levels: number;
  /** Whether the lines would stand to the first one as code does. */
  fits: boolean;
  isSure: boolean;
}

/** By how many levels the lines behind the first one may have to be moved, the likeliest first. */
function shiftsOf({ code, depths, quoted, old, style, written }: Situation): Shift[] {
  const base = depthOf(old[0] ?? '', style).levels;
  const first = depths[0]?.levels ?? 0;
  const together = base - first;
  const world = worldOf(quoted, old, written, style);
  const rest = code.flatMap((line, index) => (index > 0 && line.trim() !== '' ? [index] : []));
  const levelOf = (index: number): number => depths[index]?.levels ?? 0;
  const isInside = rest.every(index => levelOf(index) + together >= 0);
  if (indentation(code[0] ?? '') !== '' || rest.length === 0) {
    // A first line that is less deep than the one that it replaces may be meant so.
    const isMeant = world === undefined || together === 0 || first + world >= base || indentation(code[0] ?? '') === '';
    return [{ levels: together, fits: true, isSure: isMeant && isInside }];
  }
  const least = Math.min(...old.filter(line => line.trim() !== '').map(line => depthOf(line, style).levels));
  const [second = 0] = rest;
  // Lines that are written alike may well stand alike.
  const alike = levelOf(second) === first ? base : undefined;
  const expected = levelBehind(code[0] ?? '', code[second] ?? '', base) ?? alike;
  const whole = rest.every(
    index => depths[index]?.blanks === 0 || mayBeBetween(code[index - 1] ?? '', code[index] ?? ''),
  );
  const last = rest.at(-1) ?? second;
  const endsFirst = opens(code[0] ?? '') && isCloser(code[last]?.trim() ?? '');
  const shifts = new Set([together, world ?? 0, 0]);
  // Behind what opens a block there is but one place, unless a language needs none, as YAML for lists.
  if (expected !== undefined && alike === undefined && opens(code[0] ?? '')) shifts.add(expected - levelOf(second));
  return [...shifts].map(levels => {
    const isDeepEnough = rest.every(index => levelOf(index) + levels >= least);
    const isBehind = levelOf(second) + levels === expected && (!endsFirst || levelOf(last) + levels === base);
    const fits = isDeepEnough && isBehind && whole;
    return { levels, fits, isSure: fits || isInside };
  });
}

/** How deep a line stands behind a first one at `base`; undefined where that can't be told. */
function levelBehind(line: string, next: string, base: number): number | undefined {
  if (opens(line)) return isCloser(next.trim()) ? base : base + 1;
  if (goesOn(line.trim(), next.trim())) return base + 1;
  return isComment(line.trim()) || /[;)}\]]$/.test(line.trim()) ? base : undefined;
}

/** Whether lines behind this one stand deeper. */
function opens(line: string): boolean {
  const content = line.trim().replace(/\s+(?:\/\/|#).*$/, '');
  return !isComment(content) && /(?:[{([:]|=>|\b(?:then|do|else))$/.test(content);
}

/** Whether what a line says goes on in the next one: a statement, an item of a list, or an element. */
function goesOn(content: string, next: string): boolean {
  if (isComment(content)) return false;
  return (
    /(?:[,=+*/&|?\\-]|\b(?:return|and|or))$/.test(content) ||
    /^(?:[.?:+*/&|=]|-(?! )|and\b|or\b)/.test(next) ||
    (/^- /.test(content) && !/^- /.test(next)) ||
    /^<\w(?:(?!<\/).)*[^/]>$/.test(content) ||
    ['()', '[]'].some(([open = '', close = '']) => content.split(open).length > content.split(close).length)
  );
}

function isComment(content: string): boolean {
  return /^(?:\/\/|#|\*|\/\*|-- )/.test(content);
}

/** Whether a line may stand between two levels: one that goes on, or a comment's with its star. */
function mayBeBetween(line: string, next: string): boolean {
  const content = next.trim();
  return content.startsWith('*') || (!isCloser(content) && goesOn(line.trim(), content));
}

/** By how many levels the file's lines are deeper than the model's quote of them; undefined where the quote does not tell. */
function worldOf(quoted: readonly string[], old: readonly string[], written: Style, style: Style): number | undefined {
  const inQuote = quotedStyle(quoted, old, written, style);
  const shifts = new Set<number>();
  for (const [index, line] of quoted.entries()) {
    // Without indentation the first line may have lost it.
    if (line.trim() === '' || (index === 0 && indentation(line) === '')) continue;
    shifts.add(depthOf(old[index] ?? '', style).levels - depthOf(line, inQuote).levels);
  }
  const [only, ...others] = shifts;
  return others.length === 0 ? only : undefined;
}

/** The quote need not be indented as the replacement is. */
function quotedStyle(quoted: readonly string[], old: readonly string[], written: Style, style: Style): Style {
  if (quoted.some(line => indentation(line).includes('\t'))) return { usesTabs: true, width: style.width };
  const [step] = stepsInside(quoted);
  return { usesTabs: false, width: step ?? widthOfQuote(quoted, old, style) ?? written.width };
}

/** How the replaced lines are indented, else the file, else the code that comes. */
function styleOf(old: readonly string[], file: readonly string[], code: readonly string[]): Style {
  const whole = indentationOf(file, indentationOf(code, { usesTabs: false, width: 2 }));
  const near = old.map(indentation).filter(text => text !== '');
  if (near.some(text => text.includes('\t'))) return { usesTabs: true, width: whole.width };
  if (near.length === 0 || !whole.usesTabs) return whole;
  return indentationOf([...old, ...code.filter(line => line.startsWith(' '))], { usesTabs: false, width: 4 });
}

/** How the model may have indented the code, the likeliest first. */
function writtenStyles(
  code: readonly string[],
  quoted: readonly string[],
  old: readonly string[],
  style: Style,
): Style[] {
  const starts = code.map(indentation).filter(text => text !== '');
  if (starts.some(text => text.includes('\t'))) return [{ usesTabs: true, width: style.width }];
  const otherwise = style.usesTabs ? indentationOf(code, { usesTabs: false, width: 4 }) : style;
  const steps = stepsInside(code);
  const others = [widthOfQuote(quoted, old, style) ?? otherwise.width, otherwise.width];
  const widths = steps.size > 0 ? [...steps] : others;
  // The first line may stand where it stands, and tell the width of a level as well.
  const [head = '', next = ''] = code.filter(line => line.trim() !== '');
  const step = indentation(next).length;
  if (steps.size === 0 && indentation(head) === '' && step > 0 && opens(head)) widths.push(step);
  return [...new Set(widths)].map(width => ({ usesTabs: false, width }));
}

/** By how many columns lines are deeper than the one that opens what they stand in. */
function stepsInside(code: readonly string[]): Set<number> {
  const steps = new Set<number>();
  const lines = code.filter(line => line.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const hasLostItsOwn = index === 0 && indentation(line) === '';
    if (next === undefined || hasLostItsOwn || !opens(line.trim()) || isCloser(next.trim())) continue;
    const step = indentation(next).length - indentation(line).length;
    if (step > 0) steps.add(step);
  }
  return steps;
}

/** How many columns of the quote are a level of the file, by two of its lines. */
function widthOfQuote(quoted: readonly string[], old: readonly string[], style: Style): number | undefined {
  const pairs = quoted.flatMap((line, index) =>
    line.trim() === '' || (index === 0 && indentation(line) === '')
      ? []
      : [{ columns: indentation(line).length, levels: depthOf(old[index] ?? '', style).levels }],
  );
  const [first] = pairs;
  const other = pairs.find(({ levels }) => levels !== first?.levels);
  if (!first || !other || quoted.some(line => /^ *\t/.test(line))) return undefined;
  const width = (other.columns - first.columns) / (other.levels - first.levels);
  return Number.isInteger(width) && width > 0 ? width : undefined;
}

function depthOf(line: string, { usesTabs, width }: Style): Depth {
  const start = indentation(line);
  if (!usesTabs) {
    const columns = start.replaceAll('\t', ' '.repeat(width)).length;
    return { levels: Math.floor(columns / width), blanks: columns % width };
  }
  const tabs = start.split('\t').length - 1;
  return { levels: tabs, blanks: start.length - start.lastIndexOf('\t') - 1 };
}

function indent({ levels, blanks }: Depth, { usesTabs, width }: Style): string {
  const whole = Math.max(0, levels);
  return (usesTabs ? '\t'.repeat(whole) : ' '.repeat(whole * width)) + ' '.repeat(blanks);
}

function indentation(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
