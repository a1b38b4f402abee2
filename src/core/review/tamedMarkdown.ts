import { fenced } from '../../shared/turnMarkdown.ts';

/** With more than this in one text, all of it is text: the editor takes the square of it to draw them. */
const mostStars = 400;

/**
 * Markdown of a model, written anew so that every reader of Markdown sees the same in it, and nothing that loads,
 * hides, runs on or takes long. What it may be is paragraphs, headings, lists, quotes, emphasis with stars, code in a
 * line, code in fences and links to https; everything else is text. Fences are only those that are written here, closed
 * and on the left margin: nothing that was open can take in what follows.
 */
export function tamedMarkdown(markdown: string): string {
  const hasFewStars = markdown.split('*').length <= mostStars;
  const lines = markdown.split(/\r\n?|\n/);
  const written: string[] = [];
  for (let at = 0; at < lines.length;) {
    const fence = openedFence(lines[at] ?? '');
    const end = untilLine(lines, at + 1, line => (fence ? isEndOf(fence, line) : /^[ \t]*$|^[ \t]*[`~]{3}/.test(line)));
    if (fence) written.push('', fencedCode(fence, lines.slice(at + 1, end)), '');
    else written.push(...tamedParagraph(lines.slice(at, end), hasFewStars));
    at = fence ? end + 1 : end;
  }
  return written.join('\n').trim();
}

/** The first line from there on of which `isEnd` is true, or the number of lines. */
function untilLine(lines: string[], from: number, isEnd: (line: string) => boolean): number {
  for (let at = from; at < lines.length; at++) if (isEnd(lines[at] ?? '')) return at;
  return lines.length;
}

interface Fence {
  indentation: string;
  marks: string;
  language: string;
}

function openedFence(line: string): Fence | undefined {
  const opened = /^([ \t]*)(`{3,}(?=[^`]*$)|~{3,})[ \t]*([\w+#.-]*)/.exec(line);
  if (!opened) return undefined;
  const [, indentation = '', marks = '', language = ''] = opened;
  return { indentation, marks, language };
}

function isEndOf({ marks }: Fence, line: string): boolean {
  const text = line.trim();
  return text.startsWith(marks) && /^(?:`+|~+)$/.test(text);
}

function fencedCode({ indentation, language }: Fence, lines: string[]): string {
  const code = lines.map(line => (line.startsWith(indentation) ? line.slice(indentation.length) : line));
  return fenced(language, code.join('\n'));
}

/**
 * A star in code is no emphasis, but marked 14, with which the editor draws, may take it for the end of one that began
 * before the code, and then the code for text.
 */
function tamedParagraph(lines: string[], hasFewStars: boolean): string[] {
  const hasEmphasis = hasFewStars && !lines.some(hasStarInCode);
  return lines.map(line => tamedLine(line, hasEmphasis));
}

/** What may begin a line: up to two quotes, and then an item of a list, indented for no more than six levels. */
const beginning = /^(?: {0,3}(?:> ?){1,2})?([ \t]*)(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?/;
const mostIndentation = 12;

function tamedLine(line: string, hasEmphasis: boolean): string {
  const [begun = '', indentation = ''] = beginning.exec(line) ?? [];
  const text = line.slice(begun.length);
  const start = begun.replace(indentation, indentation.slice(0, mostIndentation));
  // The second row of a table: in a table a `|` would end code. Every other `|` is escaped anyway.
  if (/^:?-+:?[ \t]*$/.test(text)) return start + text.replaceAll(':', '\\:');
  const inline = tamedInline(text, hasEmphasis);
  // One item in another on the same line, and so on.
  return start + (begun.trim() === '' ? inline : inline.replace(/^[-+*](?=[ \t])|(?<=^\d{1,9})[.)](?=[ \t])/, '\\$&'));
}

/** In single backticks with none inside, about which readers of Markdown can't differ. */
const code = /(?<code>(?<!`)`[^`]+`(?!`))/.source;
const link = /\[(?<label>(?:[^\][`\\]|`[^`\][]+`)*)\]\((?<target>https:\/\/[\w.~:/?#$&+,;=%-]+)\)/.source;
const address = /\b(?<address>https:\/\/[a-z\d][\w.:/?#$&+,;=%-]*[\w/#=%])/.source;
/** What would become a link of another kind. */
const scheme = /(?<scheme>(?:https?|ftp)(?=:\/\/)|www(?=\.))/.source;
const meaningful = new RegExp(
  `(?<escaped>\\\\[!-/:-@[-\`{-~])|${code}|${link}|${address}|${scheme}|[\\\\\`<>[\\]!|~&@*_]`,
  'gi',
);

type Parts = Partial<Record<'escaped' | 'code' | 'label' | 'target' | 'address' | 'scheme', string>>;

function tamedInline(line: string, hasEmphasis: boolean): string {
  return line.replace(meaningful, (found: string, ...rest: unknown[]) => {
    const parts = rest.at(-1) as Parts;
    const target = parts.target ?? parts.address;
    // An address that stands by itself would take the next escape in.
    if (target !== undefined) return `[${textAndCode(parts.label ?? target)}](${target})`;
    if (parts.scheme !== undefined) return `${found}\\`;
    const staysAsItIs = (parts.escaped ?? parts.code) !== undefined || (hasEmphasis && found === '*');
    return staysAsItIs ? found : `\\${found}`;
  });
}

function hasStarInCode(line: string): boolean {
  return [...line.matchAll(meaningful)].some(({ groups }) => groups?.['code']?.includes('*'));
}

const punctuation = /[!-/:-@[-`{-~]/g;
const codeOrPunctuation = new RegExp(`${code}|${punctuation.source}`, 'g');

/** A line in which all is text but code. */
function textAndCode(line: string): string {
  return line.replace(codeOrPunctuation, (found, inCode: string | undefined) =>
    inCode === undefined ? `\\${found}` : found,
  );
}
