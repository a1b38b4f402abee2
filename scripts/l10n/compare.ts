/** By key. */
export type Texts = Record<string, string>;

export interface Differences {
  /** Keys. */
  missing: string[];
  /** Keys. */
  superfluous: string[];
  /** Translations that have other parts than the English, each with what differs. */
  unlike: { key: string; differences: string[] }[];
}

/** What a translation must take over as it is, by name. */
const parts: Record<string, RegExp> = {
  placeholders: /\{\d+\}/g,
  code: /(`+)[^`]+\1/g,
  variables: /\$\{[a-z]\w*(?::\w+)?\}/g,
  'link targets': /(?<=\]\()[^)]+(?=\))/g,
  addresses: /https?:\/\/[\w./-]+/g,
  'line breaks': /\n/g,
};

export function compare(english: Texts, translated: Texts): Differences {
  const has = (texts: Texts, key: string): boolean => (texts[key] ?? '').trim() !== '';
  return {
    missing: Object.keys(english).filter(key => !has(translated, key)),
    superfluous: Object.keys(translated).filter(key => !(key in english)),
    unlike: Object.entries(english).flatMap(([key, text]) => {
      if (!has(translated, key)) return [];
      const differences = partsThatDiffer(text, translated[key] ?? '');
      return differences.length === 0 ? [] : [{ key, differences }];
    }),
  };
}

function partsThatDiffer(english: string, translated: string): string[] {
  return Object.entries(parts).flatMap(([name, pattern]) => {
    const [wanted, found] = [partsIn(english, pattern), partsIn(translated, pattern)];
    return wanted === found ? [] : [`${name}: ${found || 'none'} instead of ${wanted || 'none'}`];
  });
}

/** In one order: a sentence in another language may turn them around. */
function partsIn(text: string, pattern: RegExp): string {
  return (text.match(pattern) ?? [])
    .map(part => JSON.stringify(part))
    .sort()
    .join(' ');
}
