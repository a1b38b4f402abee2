/**
 * What is written to a shell and what it writes back. Everything goes through one pipe, so that a mark stands behind all
 * that was printed before it; a mark begins and ends with a NUL, which no folder's name holds.
 */

/**
 * Given to `sh` before the shell's own command line. `cat` is there since Node's pipes are sockets, which programs can't
 * open as `/dev/stderr`. The last mark says that the shell itself has ended, and how.
 */
export function startScript(mark: string): string {
  return `{ "$@"; printf '\\0%s:%s:\\0' ${mark} "$?"; } 2>&1 | exec cat`;
}

/** The first line that the shell reads: 9 is where it answers. What it runs does not inherit that. */
export const firstLine = 'exec 9>&1\n';

/**
 * A command and the question behind it. `eval` keeps an open quote from swallowing what follows. Nothing that runs can wait
 * for input; where an earlier command has sent the shell's output elsewhere, it comes back. The second line is a simple
 * command, as bash reads a group wrongly after an `eval` whose quote was open.
 */
export function commandLines(command: string, mark: string): string {
  return `eval ${quoted(command)} </dev/null >&9 2>&9 9>&-\nprintf '\\0%s:%s:%s\\0' ${mark} "$?" "$PWD" 2>/dev/null >&9\n`;
}

/** A text as one word of a shell's. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export interface Mark {
  /** The one that was found. */
  name: string;
  exitCode: number;
  /** Where the shell stands now; empty in the mark of its end. */
  folder: string;
}

/** Takes marks out of a stream of bytes, however it is cut. */
export class MarkReader {
  readonly #names: readonly string[];
  readonly #starts: readonly Buffer[];
  #held: Buffer = Buffer.alloc(0);

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#starts = names.map(name => Buffer.from(`\0${name}:`));
  }

  /** What stands before the first mark, the mark, and what of the bytes is behind it. */
  read(bytes: Buffer): { output: Buffer; mark?: Mark; rest: Buffer } {
    const all = this.#held.length > 0 ? Buffer.concat([this.#held, bytes]) : bytes;
    const found = this.#first(all);
    const end = found ? all.indexOf(0, found.at + found.start.length) : -1;
    if (!found || end === -1) {
      const hold = found?.at ?? Math.min(...this.#starts.map(start => begunAt(all, start)));
      this.#held = all.subarray(hold);
      return { output: all.subarray(0, hold), rest: all.subarray(all.length) };
    }
    this.#held = all.subarray(all.length);
    const [exitCode = '', ...folder] = all.toString('utf8', found.at + found.start.length, end).split(':');
    const mark = { name: found.name, exitCode: Number(exitCode), folder: folder.join(':') };
    return { output: all.subarray(0, found.at), mark, rest: all.subarray(end + 1) };
  }

  #first(bytes: Buffer): { name: string; start: Buffer; at: number } | undefined {
    return this.#starts
      .map((start, index) => ({ name: this.#names[index] ?? '', start, at: bytes.indexOf(start) }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at)[0];
  }
}

/** Where the longest end of `bytes` begins that is the start of `start`; their length where none is. */
function begunAt(bytes: Buffer, start: Buffer): number {
  for (let at = Math.max(0, bytes.length - start.length + 1); at < bytes.length; at++) {
    if (bytes.subarray(at).equals(start.subarray(0, bytes.length - at))) return at;
  }
  return bytes.length;
}
