export interface TextPart {
  text: string;
  isCode: boolean;
}

/** A line of text by what stands between two backticks and what does not; a backtick without a partner is text. */
export function codeParts(line: string): TextPart[] {
  return line
    .split(/`([^`]+)`/)
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** The same for places that show plain text only. */
export function withoutCodeMarks(line: string): string {
  return codeParts(line)
    .map(({ text }) => text)
    .join('');
}
