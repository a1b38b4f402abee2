import type { Run } from './runs.ts';

/** Code in which endless words are shorter, and what they have lost. */
export interface Shortened {
  text: string;
  cuts: Cut[];
}

interface Cut {
  /** In the shortened text. */
  at: number;
  lost: string;
}

/** Characters: longer words are data, and grammars look from each of their letters to their end. */
const longest = 400;
const kept = 100;
const longWord = new RegExp(`[\\w$]{${longest},}`, 'g');

export function withoutLongWords(code: string): Shortened {
  const cuts: Cut[] = [];
  let lost = 0;
  const text = code.replace(longWord, (word: string, offset: number) => {
    cuts.push({ at: offset - lost + kept, lost: word.slice(kept) });
    lost += word.length - kept;
    return word.slice(0, kept);
  });
  return { text, cuts };
}

/** The runs of the shortened text as those of the whole: what was lost has the role of what was kept of its word. */
export function withLongWords(runs: Run[], cuts: readonly Cut[]): Run[] {
  if (cuts.length === 0) return runs;
  let next = 0;
  let end = 0;
  return runs.map(run => {
    const start = end;
    end += run.text.length;
    let { text } = run;
    let added = 0;
    for (let cut = cuts[next]; cut && cut.at <= end; cut = cuts[++next]) {
      const at = cut.at - start + added;
      text = text.slice(0, at) + cut.lost + text.slice(at);
      added += cut.lost.length;
    }
    return { ...run, text };
  });
}
