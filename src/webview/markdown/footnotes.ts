/** A mark of a footnote in a text: `[^1]` where it is referred to, or at the start of a line with a colon behind it. */
export interface FootnoteMark {
  start: number;
  end: number;
  /** In lower case: references mean the footnote however they write it. */
  label: string;
  isDefinition: boolean;
}

const marks = /\[\^([^\s[\]^]{1,64})\](:?)/g;

/** The marks in a text, in their order; `isLineStart`: whether the text begins a line. */
export function findFootnotes(text: string, isLineStart: boolean): FootnoteMark[] {
  if (!text.includes('[^')) return [];
  return [...text.matchAll(marks)].map(({ 0: { length }, 1: label = '', 2: colon = '', index }) => ({
    start: index,
    // What explains it begins behind the colon.
    end: index + length - colon.length,
    label: label.toLowerCase(),
    isDefinition: colon !== '' && (index === 0 ? isLineStart : text.charAt(index - 1) === '\n'),
  }));
}
