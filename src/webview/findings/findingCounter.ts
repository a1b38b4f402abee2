/**
 * Counts the findings in a tool's input while its JSON arrives: objects that are complete and stand in a list inside
 * the outermost object. Reads every character once.
 */
export class FindingCounter {
  count = 0;
  #consumed = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** Takes the whole text so far; only what is new is read. */
  update(text: string): number {
    for (; this.#consumed < text.length; this.#consumed++) this.#take(text.charAt(this.#consumed));
    return this.count;
  }

  #take(character: string): void {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
      return;
    }
    if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      this.#depth -= 1;
      if (character === '}' && this.#depth === 2) this.count += 1;
    }
  }
}
