import { irregular } from './random.ts';
import { isWide } from './tokens.ts';

/**
 * Text in the pieces in which a model would give it: a few words or a few characters, irregular, the same in every
 * run, and never with half of a surrogate pair.
 */
export function* pieces(text: string): Generator<string> {
  const random = irregular(text);
  let piece = '';
  let room = pieceSize(random);
  for (const character of text) {
    piece += character;
    room -= isWide(character) ? 3 : character.length;
    if (room > 0) continue;
    yield piece;
    piece = '';
    room = pieceSize(random);
  }
  if (piece !== '') yield piece;
}

function pieceSize(random: () => number): number {
  return 3 + Math.floor(random() * 13);
}
