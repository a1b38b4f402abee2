import type { UserTurn } from '../../shared/conversation.ts';

/** Characters as a reader counts them. */
const longestTitle = 60;
/** UTF-16 code units in which a title is looked for: counting the characters of a pasted megabyte would take seconds. */
const lookedThrough = 4_000;

/**
 * A conversation's title, made from its first turn: the first line that says something, cut between words; without one,
 * what goes along with it. Empty where there is neither.
 */
export function titleFrom({ call, text, excerpts, attachments = [] }: UserTurn): string {
  const line = firstLine(call ?? text);
  const place = line === '' || excerpts.length === 1 ? excerpts[0]?.path : undefined;
  return cut([line, place].filter(Boolean).join(' ') || (attachments[0]?.name ?? ''));
}

/** Without what makes it a heading or a quote in Markdown; that a block of code begins says nothing. */
function firstLine(text: string): string {
  const beginning = text.trimStart().slice(0, lookedThrough);
  for (const line of beginning.split(/\r\n|\r|\n/)) {
    if (/^\s*(?:`{3,}[^`]*|~{3,}.*)$/.test(line)) continue;
    const said = line
      .replace(/^\s*(?:(?:#{1,6}|>)\s+)*/, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (said !== '') return said;
  }
  return '';
}

function cut(title: string): string {
  let end = 0;
  let count = 0;
  for (const { index } of new Intl.Segmenter().segment(title)) {
    if (count === longestTitle) {
      const kept = title.slice(0, index);
      return `${end > kept.length / 2 ? title.slice(0, end) : kept}…`;
    }
    if (title[index] === ' ') end = index;
    count++;
  }
  // Its last character may have been cut where no more was looked through.
  return title.replace(/[\ud800-\udbff]$/, '');
}
