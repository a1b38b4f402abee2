import type { Excerpt, Finding } from '../../shared/conversation.ts';
import { newSideRanges } from './diffHunks.ts';
import { type LineRange, locateQuote } from './locate.ts';
import type { ReportedFinding } from './reportTool.ts';

/** Gives a finding its file and its lines by its quote. `linesOf` reads the file as it is now, undefined if it can't. */
export async function placeFinding(
  id: string,
  reported: ReportedFinding,
  excerpts: readonly Excerpt[],
  linesOf: (uri: string) => Promise<readonly string[] | undefined>,
): Promise<Finding> {
  const excerpt = excerptFor(reported.path, excerpts);
  const finding = { ...reported, id, path: excerpt?.path ?? reported.path, uri: excerpt?.uri ?? '' };
  const lines = excerpt && (await linesOf(excerpt.uri));
  if (!lines) return { ...finding, placement: { placed: false, reason: 'noFile' } };
  const location = locateQuote(lines, reported.quote, reviewedRanges(finding.uri, excerpts));
  if (!location.found) return { ...finding, placement: { placed: false, reason: location.reason } };
  return { ...finding, placement: { placed: true, line: location.range.start + 1, endLine: location.range.end + 1 } };
}

/** The lines of a file that were reviewed, 0-based and inclusive. */
export function reviewedRanges(uri: string, excerpts: readonly Excerpt[]): LineRange[] {
  return excerpts
    .filter(excerpt => excerpt.uri === uri)
    .flatMap(excerpt =>
      excerpt.languageId === 'diff'
        ? newSideRanges(excerpt.code)
        : [{ start: excerpt.startLine - 1, end: excerpt.endLine - 1 }],
    );
}

/** Only files that were sent can have findings; models shorten or lengthen the path they were given. */
function excerptFor(path: string, excerpts: readonly Excerpt[]): Excerpt | undefined {
  const exact = excerpts.find(excerpt => excerpt.path === path);
  if (exact) return exact;
  if (path === '') return excerpts.length === 1 ? excerpts[0] : undefined;
  const similar = excerpts.filter(excerpt => endsWithPath(excerpt.path, path) || endsWithPath(path, excerpt.path));
  return similar.length === 1 ? similar[0] : undefined;
}

function endsWithPath(long: string, short: string): boolean {
  return long.endsWith(`/${short.replace(/^(\.?\/)+/, '')}`);
}
