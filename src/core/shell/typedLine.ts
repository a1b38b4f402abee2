/** What a key in a terminal leads to. */
export type Typed = { kind: 'echo'; text: string } | { kind: 'run'; command: string } | { kind: 'interrupt' };

const enter = '\r';
const controlC = '\u0003';
const controlU = '\u0015';
const erase = '\u007F';

/** The line that is typed in a terminal, with the keys that everybody uses: erase, Ctrl+U, Ctrl+C and Enter. */
export class TypedLine {
  #line = '';

  /** What comes from the keyboard, or is pasted. */
  type(input: string): Typed[] {
    // Arrows and other keys that send a sequence mean nothing here.
    if (input.startsWith('\u001B')) return [];
    return Array.from(input.replaceAll('\r\n', enter).replaceAll('\n', enter)).flatMap(character =>
      this.#key(character),
    );
  }

  #key(character: string): Typed[] {
    switch (character) {
      case enter: {
        const command = this.#line;
        this.#line = '';
        const echo = { kind: 'echo', text: '\r\n' } as const;
        return command.trim() === ''
          ? [echo]
          : [
              { kind: 'echo', text: this.#erased(command) },
              { kind: 'run', command },
            ];
      }
      case controlC:
        this.#line = '';
        return [{ kind: 'echo', text: '^C\r\n' }, { kind: 'interrupt' }];
      case controlU: {
        const text = this.#erased(this.#line);
        this.#line = '';
        return [{ kind: 'echo', text }];
      }
      case erase: {
        const last = Array.from(this.#line).at(-1) ?? '';
        this.#line = this.#line.slice(0, this.#line.length - last.length);
        return last === '' ? [] : [{ kind: 'echo', text: this.#erased(last) }];
      }
      default:
        if (/\p{Cc}/u.test(character)) return [];
        this.#line += character;
        return [{ kind: 'echo', text: character }];
    }
  }

  /** Takes characters back from where the cursor stands. Of a wide one only a half goes, until the line is drawn again. */
  #erased(text: string): string {
    return '\b \b'.repeat(Array.from(text).length);
  }
}
