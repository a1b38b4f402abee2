import { type Fields, parseJson } from '../../shared/json.ts';

/** Reads the fields of a tool's input, and collects what is wrong with them in words for the model. */
export class InputReader {
  readonly problems: string[] = [];
  readonly #fields: Fields;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  /** A text that has to be there. */
  text(name: string): string {
    const value = this.#fields[name];
    if (value === undefined || value === null) this.problems.push(`\`${name}\` is missing.`);
    return this.optionalText(name) ?? '';
  }

  /** Null is how some models leave a field out. */
  optionalText(name: string): string | undefined {
    const value = this.#fields[name];
    if (typeof value === 'string') return value;
    if (value !== undefined && value !== null) this.problems.push(`\`${name}\` has to be a string.`);
    return undefined;
  }

  /** A whole number that has to be there; digits in a string are one. */
  wholeNumber(name: string): number {
    const number = asWhole(this.#fields[name]);
    if (number === undefined) this.problems.push(`\`${name}\` has to be a whole number.`);
    return number ?? 0;
  }

  /** Two whole numbers, or nothing. */
  optionalPair(name: string): [number, number] | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    // Some endpoints hand lists over as text.
    const list = typeof value === 'string' ? parseJson(value) : value;
    const numbers = Array.isArray(list) ? (list as unknown[]).map(asWhole) : [];
    const [first, second] = numbers;
    if (numbers.length === 2 && first !== undefined && second !== undefined) return [first, second];
    this.problems.push(`\`${name}\` has to be a list of two whole numbers.`);
    return undefined;
  }
}

function asWhole(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
