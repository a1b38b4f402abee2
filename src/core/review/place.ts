import type { Excerpt } from '../../shared/attachment.ts';
import type { Finding, Placement } from '../../shared/finding.ts';
import { newSideRanges } from './diffHunks.ts';
import { excerptFor } from './excerptFor.ts';
import { type LineRange, locateQuote } from './locate.ts';
import type { ReportedFinding } from './report.ts';

/**
 * Gives a finding its file and its lines by its quote: in the file that it names, or where it does not stand there, in
 * the one other file that was sent in which it does. `linesOf` reads the file as it is now, undefined if it can't.
 */
export async function placeFinding(
  id: string,
  reported: ReportedFinding,
  excerpts: readonly Excerpt[],
  linesOf: (uri: string) => Promise<readonly string[] | undefined>,
): Promise<Finding> {
  const named = excerptFor(reported.path, excerpts);
  const lines = named && (await linesOf(named.uri));
  const finding = { ...reported, id, path: named?.path ?? reported.path, uri: named?.uri ?? '' };
  const location = lines && locateQuote(lines, reported.quote, reviewedRanges(finding.uri, excerpts));
  if (location?.found) return { ...finding, placement: placed(location.range) };
  if (location?.reason === 'ambiguous') return { ...finding, placement: unplaced('ambiguous') };
  const elsewhere = await placesElsewhere(reported.quote, finding.uri, excerpts, linesOf);
  const [only, ...others] = elsewhere;
  if (only && others.length === 0) {
    const { path, uri } = only.excerpt;
    return { ...finding, path, uri, placement: placed(only.range) };
  }
  return { ...finding, placement: unplaced(only ? 'ambiguous' : location ? 'notFound' : 'noFile') };
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

/** With fewer letters a quote may stand in any file by chance. */
const leastLetters = 8;

interface Elsewhere {
  excerpt: Excerpt;
  range: LineRange;
}

/** Where else a quote stands, among the lines that were sent: nothing else can be quoted. */
async function placesElsewhere(
  quote: string,
  namedUri: string,
  excerpts: readonly Excerpt[],
  linesOf: (uri: string) => Promise<readonly string[] | undefined>,
): Promise<Elsewhere[]> {
  if ((quote.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < leastLetters) return [];
  const byUri = new Map(excerpts.filter(({ uri }) => uri !== namedUri).map(excerpt => [excerpt.uri, excerpt]));
  const found: Elsewhere[] = [];
  for (const excerpt of byUri.values()) {
    const lines = await linesOf(excerpt.uri);
    const sent = reviewedRanges(excerpt.uri, excerpts);
    const location = lines && locateQuote(lines, quote, sent);
    if (!location?.found) continue;
    const { range } = location;
    if (sent.some(({ start, end }) => range.start >= start && range.end <= end)) found.push({ excerpt, range });
  }
  return found;
}

function placed({ start, end }: LineRange): Placement {
  return { placed: true, line: start + 1, endLine: end + 1 };
}

function unplaced(reason: 'notFound' | 'ambiguous' | 'noFile'): Placement {
  return { placed: false, reason };
}
