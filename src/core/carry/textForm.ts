/** What a text has that does not show where it stands in a file among others. */
export interface TextForm {
  /** White space before and after what is shown. */
  before?: string;
  after?: string;
  /** Its line ending, where that is not `\n`. */
  eol?: string;
  /** The text itself, where what is shown is not enough to come back to it. */
  exact?: string;
}

/** `paragraph` stands between blank lines, `fence` between the lines of a fence. */
export type TextPlace = 'paragraph' | 'fence';

/** The text as it can stand in a file that people edit, and what has to be kept beside it. */
export function writeText(text: string, place: TextPlace): { shown: string; form: TextForm } {
  const isWindows = text.includes('\r') && !/\r(?!\n)|(?<!\r)\n/.test(text);
  const lines = text.replace(/\r\n?/g, '\n');
  const plain = lines.toWellFormed().replace(unprintable, '\ufffd');
  const { before, shown, after } = splitEdges(plain, place);
  if (plain !== lines || (text !== lines && !isWindows)) return { shown, form: { exact: text } };
  return {
    shown,
    form: { ...(before && { before }), ...(after && { after }), ...(isWindows && { eol: '\r\n' }) },
  };
}

/** The text that `shown` stands for. Where it was edited, the edit counts. */
export function readText(shown: string, form: TextForm, place: TextPlace): string {
  if (form.exact !== undefined) return writeText(form.exact, place).shown === shown ? form.exact : shown;
  const text = `${form.before ?? ''}${shown}${form.after ?? ''}`;
  return form.eol === undefined ? text : text.replaceAll('\n', form.eol);
}

/** Without the blank lines around it. */
export function withoutBlankEdges(text: string): string {
  return splitEdges(text, 'paragraph').shown;
}

/** Characters that tools take for the sign of a binary file, or leave out. */
const unprintable = /(?![\t\n\u0080-\u009f])\p{Cc}|\ufeff/gu;

function splitEdges(text: string, place: TextPlace): { before: string; shown: string; after: string } {
  if (place === 'fence') {
    return text.endsWith('\n')
      ? { before: '', shown: text.slice(0, -1), after: '\n' }
      : { before: '', shown: text, after: '' };
  }
  if (text.trim() === '') return { before: text, shown: '', after: '' };
  const start = text.lastIndexOf('\n', text.length - text.trimStart().length - 1) + 1;
  const firstBreak = text.indexOf('\n', text.trimEnd().length);
  const end = firstBreak === -1 ? text.length : firstBreak;
  return { before: text.slice(0, start), shown: text.slice(start, end), after: text.slice(end) };
}
