const joinAtCharacters = 4_096;

/**
 * Appends pieces to the text of a block. A string that grows by `+=` is a tree of all its pieces, which the garbage
 * collector walks and copies again and again, and each piece may keep the whole chunk alive that it was cut from. So
 * the newest pieces are joined into one flat string every few thousand characters.
 */
export class GrowingText {
  #owner: object | undefined;
  #joined = '';
  #pieces: string[] = [];
  #characters = 0;

  /** `before` with `piece` behind it; `before` is what the last call for the same owner gave. */
  append(owner: object, before: string, piece: string): string {
    if (owner !== this.#owner) {
      this.#owner = owner;
      this.#restart(before);
    }
    this.#pieces.push(piece);
    this.#characters += piece.length;
    if (this.#characters < joinAtCharacters) return before + piece;
    const joined = this.#joined + this.#pieces.join('');
    this.#restart(joined);
    return joined;
  }

  #restart(joined: string): void {
    this.#joined = joined;
    this.#pieces = [];
    this.#characters = 0;
  }
}
