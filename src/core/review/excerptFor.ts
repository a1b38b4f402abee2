import type { Excerpt } from '../../shared/attachment.ts';

/** Only files that were sent can have findings; models shorten, lengthen and adorn the path they were given. */
export function excerptFor(path: string, excerpts: readonly Excerpt[]): Excerpt | undefined {
  const plain = plainPath(path);
  if (plain === '') return excerpts.length === 1 ? excerpts[0] : undefined;
  const exact = excerpts.find(excerpt => excerpt.path === path) ?? excerpts.find(excerpt => excerpt.path === plain);
  return (
    exact ??
    similar(plain, excerpts, name => name) ??
    similar(plain, excerpts, name => name.toLowerCase()) ??
    similar(plain, excerpts, withoutCell)
  );
}

/** Without quotation marks, `File:`, what follows the path in a heading, and the place in the file. */
function plainPath(path: string): string {
  return path
    .trim()
    .replace(/^[`'"*<[(]+|[`'"*>\])]+$/g, '')
    .replace(/^file:\s+/i, '')
    .replace(/[`'"]*\s*\(lines? [^)]*\)?$/i, '')
    .replace(/(?::\d+(?:[-–:]\d+)*|#L\d+(?:-L?\d+)?)$/, '')
    .replaceAll('\\', '/')
    .trim();
}

/** The one file whose path ends with this path, or is the end of it. Several excerpts may be of one file. */
function similar(path: string, excerpts: readonly Excerpt[], compared: (name: string) => string): Excerpt | undefined {
  const wanted = compared(path);
  const found = excerpts.filter(excerpt => {
    const name = compared(excerpt.path);
    return name === wanted || endsWithPath(name, wanted) || endsWithPath(wanted, name);
  });
  return new Set(found.map(({ uri }) => uri)).size === 1 ? found[0] : undefined;
}

/** The notebook itself, where one cell of it was sent. */
function withoutCell(name: string): string {
  return name.replace(/#cell\d+$/, '');
}

function endsWithPath(long: string, short: string): boolean {
  return long.endsWith(`/${short.replace(/^(\.?\/)+/, '')}`);
}
