/** The shortest single line that is looked for; several lines always are. */
const shortestLine = 40;

export interface PastedPlace {
  /** Which of the texts. */
  index: number;
  /** 0-based, inclusive. */
  startLine: number;
  endLine: number;
}

/** Whether a pasted text is long enough to stand for a place. */
export function mayBePlace(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.includes('\n') || trimmed.length >= shortestLine;
}

/** The one place where a pasted text stands, letter by letter but for the kind of line breaks. */
export function findPasted(pasted: string, texts: readonly string[]): PastedPlace | undefined {
  if (!mayBePlace(pasted)) return undefined;
  const wanted = withPlainBreaks(pasted).replace(/^\n+|\n+$/g, '');
  let found: PastedPlace | undefined;
  for (const [index, raw] of texts.entries()) {
    const text = withPlainBreaks(raw);
    const at = text.indexOf(wanted);
    if (at === -1) continue;
    if (found || text.includes(wanted, at + 1)) return undefined;
    const startLine = countBreaks(text.slice(0, at));
    found = { index, startLine, endLine: startLine + countBreaks(wanted) };
  }
  return found;
}

function withPlainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function countBreaks(text: string): number {
  return text.split('\n').length - 1;
}
