import { canonicalId, type ListPrice, type ModelRules, priceOf, samplingForms, thinkingForms } from './modelRules.ts';

/** The rules that a user has set; each replaces what the table and the endpoint say. */
export type RuleOverrides = Partial<Pick<ModelRules, (typeof plainFields)[number]>> & {
  toolVersions?: Partial<ModelRules['toolVersions']>;
  image?: Partial<ModelRules['image']>;
  price?: ListPrice;
};

export interface ModelOverride {
  /** A model's id; `*` stands for any characters. */
  pattern: string;
  rules: RuleOverrides;
}

/** A value that is ignored. */
export interface OverrideProblem {
  /** Such as `claude-*.price.input`. */
  path: string;
  expected: 'object' | 'positiveInteger' | 'amount' | 'boolean' | 'text' | 'choice' | 'knownField' | 'inputAndOutput';
  /** Of `choice`: the values that are taken; of `knownField`: the names. */
  choices?: readonly string[];
}

const plainFields = ['contextWindow', 'maxOutput', 'cacheMinimum', 'thinking', 'sampling', 'prefill'] as const;
const priceFields = ['input', 'output', 'cacheWrite5m', 'cacheWrite1h', 'cacheRead'] as const;

/** Reads the setting: model ids or patterns with partial rules. What is wrong is left out and reported. */
export function parseOverrides(value: unknown): { overrides: ModelOverride[]; problems: OverrideProblem[] } {
  const problems: OverrideProblem[] = [];
  const overrides = Object.entries(new Fields(value, '', problems).all).map(([pattern, rules]) => ({
    pattern,
    rules: readRules(new Fields(rules, pattern, problems)),
  }));
  return { overrides, problems };
}

/** The rules with every override that fits the id. A longer pattern counts more than a shorter one. */
export function applyOverrides(rules: ModelRules, overrides: readonly ModelOverride[], modelId: string): ModelRules {
  return overrides
    .filter(({ pattern }) => fits(pattern, modelId))
    .sort((one, other) => one.pattern.length - other.pattern.length)
    .reduce((before, { rules: set }) => {
      const { toolVersions, image, price, ...plain } = set;
      return {
        ...before,
        ...plain,
        toolVersions: { ...before.toolVersions, ...toolVersions },
        image: { ...before.image, ...image },
        ...(price && { price, priceSource: 'setting' as const }),
      };
    }, rules);
}

function fits(pattern: string, modelId: string): boolean {
  const parts = pattern.trim().toLowerCase().split(/\*+/);
  const expression = new RegExp(`^${parts.map(part => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&')).join('.*')}$`);
  return expression.test(modelId.trim().toLowerCase()) || expression.test(canonicalId(modelId));
}

function readRules(fields: Fields): RuleOverrides {
  fields.allowOnly([...plainFields, 'toolVersions', 'image', 'price']);
  const contextWindow = fields.positiveInteger('contextWindow');
  const maxOutput = fields.positiveInteger('maxOutput');
  const cacheMinimum = fields.positiveInteger('cacheMinimum');
  const thinking = fields.choice('thinking', thinkingForms);
  const sampling = fields.choice('sampling', samplingForms);
  const prefill = fields.boolean('prefill');
  const tools = fields.inner('toolVersions');
  const image = fields.inner('image');
  const price = fields.inner('price');
  const readPrice = price && priceIn(price);
  return {
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutput !== undefined && { maxOutput }),
    ...(cacheMinimum !== undefined && { cacheMinimum }),
    ...(thinking !== undefined && { thinking }),
    ...(sampling !== undefined && { sampling }),
    ...(prefill !== undefined && { prefill }),
    ...(tools && { toolVersions: toolVersionsIn(tools) }),
    ...(image && { image: imageIn(image) }),
    ...(readPrice && { price: readPrice }),
  };
}

function toolVersionsIn(fields: Fields): Partial<ModelRules['toolVersions']> {
  fields.allowOnly(['bash', 'textEditor', 'computer']);
  const [bash, textEditor, computer] = [fields.text('bash'), fields.text('textEditor'), fields.text('computer')];
  return {
    ...(bash !== undefined && { bash }),
    ...(textEditor !== undefined && { textEditor }),
    ...(computer !== undefined && { computer }),
  };
}

function imageIn(fields: Fields): Partial<ModelRules['image']> {
  fields.allowOnly(['longEdgePixels', 'tokens', 'mostInRequest']);
  const longEdgePixels = fields.positiveInteger('longEdgePixels');
  const tokens = fields.positiveInteger('tokens');
  const mostInRequest = fields.positiveInteger('mostInRequest');
  return {
    ...(longEdgePixels !== undefined && { longEdgePixels }),
    ...(tokens !== undefined && { tokens }),
    ...(mostInRequest !== undefined && { mostInRequest }),
  };
}

/** A price of its own has nothing of the list in it: two halves of two price lists would add up to nonsense. */
function priceIn(fields: Fields): ListPrice | undefined {
  fields.allowOnly(priceFields);
  const [input, output, cacheWrite5m, cacheWrite1h, cacheRead] = priceFields.map(field => fields.amount(field));
  if (input === undefined || output === undefined) {
    fields.report('', 'inputAndOutput');
    return undefined;
  }
  return {
    ...priceOf(input, output),
    ...(cacheWrite5m !== undefined && { cacheWrite5m }),
    ...(cacheWrite1h !== undefined && { cacheWrite1h }),
    ...(cacheRead !== undefined && { cacheRead }),
  };
}

/** The fields of an object that came from outside; what has the wrong kind is reported and counts as unset. */
class Fields {
  readonly all: Record<string, unknown>;
  readonly #path: string;
  readonly #problems: OverrideProblem[];

  constructor(value: unknown, path: string, problems: OverrideProblem[]) {
    this.#path = path;
    this.#problems = problems;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.all = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject && value !== undefined) this.report('', 'object');
  }

  report(field: string, expected: OverrideProblem['expected'], choices?: readonly string[]): void {
    const path = [this.#path, field].filter(part => part !== '').join('.');
    this.#problems.push({ path, expected, ...(choices && { choices }) });
  }

  allowOnly(names: readonly string[]): void {
    for (const field of Object.keys(this.all)) {
      if (!names.includes(field)) this.report(field, 'knownField', names);
    }
  }

  inner(field: string): Fields | undefined {
    const value = this.all[field];
    return value === undefined ? undefined : new Fields(value, `${this.#path}.${field}`, this.#problems);
  }

  positiveInteger(field: string): number | undefined {
    return this.#take(field, 'positiveInteger', isPositiveInteger);
  }

  amount(field: string): number | undefined {
    return this.#take(field, 'amount', isAmount);
  }

  boolean(field: string): boolean | undefined {
    return this.#take(field, 'boolean', isBoolean);
  }

  text(field: string): string | undefined {
    return this.#take(field, 'text', isText);
  }

  choice<Choice extends string>(field: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.all[field];
    const chosen = choices.find(choice => choice === value);
    if (value !== undefined && chosen === undefined) this.report(field, 'choice', choices);
    return chosen;
  }

  #take<Value>(
    field: string,
    expected: OverrideProblem['expected'],
    isRight: (value: unknown) => value is Value,
  ): Value | undefined {
    const value = this.all[field];
    if (value === undefined || isRight(value)) return value;
    this.report(field, expected);
    return undefined;
  }
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && Number(value) >= 0;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
