/** Characters that are searched at once: a millisecond, of what was made to take long up to fifty. */
const most = 32_768;
/** How much of one piece the next one holds as well, where no line ends near: a secret may stand across. */
const overlap = 2_048;

/** The parts of a text to be searched one after another. Where they can, they end with a line. */
export function piecesOf(text: string): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length;) {
    const latest = start + most;
    if (latest >= text.length) {
      pieces.push({ start, end: text.length });
      break;
    }
    // Not farther back: of a text without lines it would be read anew for every piece.
    const middle = start + most / 2;
    const line = middle + text.slice(middle, latest).lastIndexOf('\n') + 1;
    if (line > middle) {
      pieces.push({ start, end: line });
      start = line;
    } else {
      pieces.push({ start, end: latest });
      start = latest - overlap;
    }
  }
  return pieces;
}
