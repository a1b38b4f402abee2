/** One statement of a function's body, on one line however it was written. */
export interface Statement {
  readonly text: string;
  /** Of a block that it opens. */
  readonly inner: readonly Statement[];
}

interface Flat {
  readonly text: string;
  readonly indent: number;
}

/**
 * The statements in `lines`, by their indentation; `masks` are the same lines without strings and comments. Lines that
 * only close something are none.
 */
export function statementsOf(lines: readonly string[], masks: readonly string[]): readonly Statement[] {
  const flat: Flat[] = [];
  let text = '';
  let mask = '';
  let indent = 0;
  for (const [at, line] of lines.entries()) {
    const bare = masks[at] ?? '';
    if (bare.trim() === '' || (text === '' && /^[\s)\]};,]*$/.test(bare))) continue;
    if (text === '') indent = line.length - line.trimStart().length;
    text += `${text === '' ? '' : ' '}${line.trim()}`;
    mask += ` ${bare}`;
    if (opened(mask) > 0 && text.length < longest) continue;
    flat.push({ text: text.replace(/^\}\s*/, '').replace(/[;,]$/, ''), indent });
    text = '';
    mask = '';
  }
  return nested(flat);
}

/** Characters of a statement that goes on over lines. */
const longest = 400;

/** Brackets that are open, but for a brace at the end, which begins a block. */
function opened(mask: string): number {
  const inner = mask.trimEnd().replace(/\{$/, '');
  const count = (marks: RegExp): number => inner.match(marks)?.length ?? 0;
  // One at its start ends the block before: `} else {`.
  return count(/[([{]/g) - count(/[)\]}]/g) + Number(/^\s*\}/.test(inner));
}

function nested(flat: readonly Flat[]): readonly Statement[] {
  const statements: Statement[] = [];
  const [first] = flat;
  if (!first) return statements;
  for (let at = 0; at < flat.length;) {
    const { text } = flat[at] ?? first;
    const next = flat.findIndex(({ indent }, index) => index > at && indent <= first.indent);
    const end = next === -1 ? flat.length : next;
    statements.push({ text, inner: nested(flat.slice(at + 1, end)) });
    at = end;
  }
  return statements;
}
