/** How the keys of one kind begin, and which characters follow. */
interface KeyForm {
  start: string;
  /** A class of a regular expression. */
  rest: string;
  /** The fewest characters behind the start; fewer are a name that looks like one. */
  least: number;
}

/**
 * Keys of the vendors of this API and of those behind its relays. Each has a `-` or `_`, which base64 lacks: signatures
 * of thinking have to stay as they are. What has hyphens is a key behind a known start only: `sk-` also begins class names.
 */
const forms: readonly KeyForm[] = [
  { start: 'sk-ant-', rest: '[A-Za-z0-9_-]', least: 16 },
  ...['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-', 'sk-kimi-'].map(start => ({
    start,
    rest: '[A-Za-z0-9_-]',
    least: 24,
  })),
  ...['sk-', 'gsk_', 'xai-', 'pplx-'].map(start => ({ start, rest: '[A-Za-z0-9]', least: 20 })),
];

/** Where a word begins: `task-` and `risk-` are no keys. */
export const wordStart = '(?<![A-Za-z0-9])';

/** A key of a known vendor, with what a word goes on with behind it. */
export const vendorKey = `${wordStart}(?:${forms
  .map(({ start, rest, least }) => `${start}${rest}{${least},}`)
  .join('|')})[A-Za-z0-9_-]*`;

/** The end of a text that can become a vendor's key with more characters. */
export const vendorKeyBegun = `${wordStart}(?:${[
  ...forms.map(({ start, rest }) => `${start}${rest}*`),
  ...prefixes(forms.map(({ start }) => start)),
].join('|')})$`;

/** Characters that `vendorKeyBegun` can cover: more are a key. */
export const longestBegun = Math.max(...forms.map(({ start, least }) => start.length + least));

/** What every vendor's key has at its start. */
export const vendorStarts: readonly string[] = forms
  .map(({ start }) => start)
  .filter((start, _, all) => !all.some(other => other !== start && start.startsWith(other)));

/** All proper prefixes of the given words, each once. */
export function prefixes(words: readonly string[]): string[] {
  return [
    ...new Set(words.flatMap(word => Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 1)))),
  ];
}
