/** A line of a file within the text of a message. */
export interface ExcerptPlace {
  path: string;
  /** 1-based, in the file. */
  line: number;
}

const heading = /^File: (.+) \(lines (\d+)-(\d+), [^)\n]*\)$/;

/** Follows the lines of a message and tells which file's they are, by the heading that `excerptHeading` writes. */
export class ExcerptFollower {
  #current: { path: string; nextLine: number; linesLeft: number } | undefined;
  /** The fence below a heading is no line of the file. */
  #isFence = false;

  /** To be called with each line in turn. The line of the file, where it is one. */
  next(line: string): ExcerptPlace | undefined {
    const current = this.#current;
    if (this.#isFence) {
      this.#isFence = false;
      return undefined;
    }
    if (current && current.linesLeft > 0) {
      current.linesLeft--;
      return { path: current.path, line: current.nextLine++ };
    }
    this.#current = undefined;
    const [, path, first, last] = heading.exec(line) ?? [];
    if (path !== undefined) {
      this.#current = { path, nextLine: Number(first), linesLeft: Number(last) - Number(first) + 1 };
      this.#isFence = true;
    }
    return undefined;
  }
}
