import { type ModelOverride, type OverrideProblem, parseOverrides } from '../../core/models/modelOverrides.ts';

/** The rules of models that the user has set. What is wrong with them is logged once. */
export class ModelSettings {
  readonly #read: () => unknown;
  readonly #warn: (text: string) => void;
  #written = '';
  #overrides: ModelOverride[] = [];

  constructor(read: () => unknown, warn: (text: string) => void) {
    this.#read = read;
    this.#warn = warn;
  }

  get overrides(): readonly ModelOverride[] {
    const value = this.#read();
    const written = JSON.stringify(value);
    if (written !== this.#written) {
      this.#written = written;
      const { overrides, problems } = parseOverrides(value);
      this.#overrides = overrides;
      for (const problem of problems) this.#warn(explain(problem));
    }
    return this.#overrides;
  }
}

function explain({ path, expected, choices = [] }: OverrideProblem): string {
  const where = path === '' ? 'marginalia.models' : `marginalia.models: ${path}`;
  switch (expected) {
    case 'object':
      return `${where} is ignored: it must be an object.`;
    case 'positiveInteger':
      return `${where} is ignored: it must be a whole number above 0.`;
    case 'amount':
      return `${where} is ignored: it must be a number from 0.`;
    case 'boolean':
      return `${where} is ignored: it must be true or false.`;
    case 'text':
      return `${where} is ignored: it must be a text.`;
    case 'choice':
      return `${where} is ignored: it must be one of ${choices.join(', ')}.`;
    case 'knownField':
      return `${where} is ignored: there is no such rule. There are ${choices.join(', ')}.`;
    case 'inputAndOutput':
      return `${where} is ignored: a price needs both input and output.`;
  }
}
