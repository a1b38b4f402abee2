import { numberOf } from '../../shared/visible.ts';

/** What is not seen, or moves what is: controls, marks of direction, spaces of other widths. */
const unseen = /(?![\t\n ])[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
/** Words in which letters of ours stand beside such as look like them. */
const mixedWord = /[^\s]+/gu;
const ours = /[A-Za-z]/;
const alike =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Cherokee}\u{FF01}-\u{FF5E}\u{1D400}-\u{1D7FF}\u{2044}\u{2215}\u{2010}-\u{2015}\u{2212}]/gu;

/** A command with the number of every character that is not seen, or could be taken for another. */
export function visibleText(text: string): string {
  return text
    .replace(mixedWord, word => (ours.test(word) ? word.replace(alike, withNumber) : word))
    .replace(unseen, numberOf);
}

function withNumber(character: string): string {
  return `${character}${numberOf(character)}`;
}
