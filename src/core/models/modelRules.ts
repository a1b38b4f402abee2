/**
 * What each family of models accepts, as data. Sources: the vendor's pages on models, pricing, thinking, tool versions,
 * vision and caching, of August to November 2026.
 */

/** US dollars for a million tokens, the vendor's list. Relays charge their own. */
export interface ListPrice {
  input: number;
  output: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  cacheRead: number;
}

/** Which forms of `thinking` are taken: `budget` is `enabled` with a budget, `alwaysAdaptive` can't be switched off. */
export const thinkingForms = ['budget', 'budgetOrAdaptive', 'adaptive', 'alwaysAdaptive', 'unknown'] as const;
/** Which of temperature, top_p and top_k are taken: all, all but temperature and top_p together, or none. */
export const samplingForms = ['all', 'temperatureOrTopP', 'none'] as const;

export interface ModelRules {
  /** Tokens. */
  contextWindow: number;
  /** Tokens: the highest `max_tokens`. */
  maxOutput: number;
  thinking: (typeof thinkingForms)[number];
  sampling: (typeof samplingForms)[number];
  /** Whether the last message may be the beginning of the answer. */
  prefill: boolean;
  toolVersions: { bash: string; textEditor: string; computer: string };
  /** An image is scaled down to this by the service; `mostInRequest` counts those of earlier turns too. */
  image: { longEdgePixels: number; tokens: number; mostInRequest: number };
  /** Tokens: a shorter prefix is silently not cached. */
  cacheMinimum: number;
  price?: ListPrice;
  /** Who says so: the vendor's list, which relays don't keep to, or the user. */
  priceSource?: 'list' | 'setting';
}

const tools2025 = { bash: 'bash_20250124', textEditor: 'text_editor_20250728' } as const;
const standardImage = { longEdgePixels: 1568, tokens: 1568 };
const highResolutionImage = { longEdgePixels: 2576, tokens: 4784 };
/** Images of one request: 100 where the context window has 200,000 tokens, 600 where it is larger. */
const fewImages = { mostInRequest: 100 };
const manyImages = { mostInRequest: 600 };

/** The list's cache prices follow the input's by fixed factors, and so do those that a user has not set. */
export function priceOf(input: number, output: number): ListPrice {
  return { input, output, cacheWrite5m: input * 1.25, cacheWrite1h: input * 2, cacheRead: input / 10 };
}

/** On the list an output token costs five times an input token. */
function listed(input: number): Pick<ModelRules, 'price' | 'priceSource'> {
  return { price: priceOf(input, input * 5), priceSource: 'list' };
}

/** The models of the endpoint's page and their generation. */
const generation45: ModelRules = {
  contextWindow: 200_000,
  maxOutput: 64_000,
  thinking: 'budget',
  sampling: 'temperatureOrTopP',
  prefill: true,
  toolVersions: { ...tools2025, computer: 'computer_20250124' },
  image: { ...standardImage, ...fewImages },
  cacheMinimum: 1024,
};

const generation46: ModelRules = {
  ...generation45,
  contextWindow: 1_000_000,
  maxOutput: 128_000,
  thinking: 'budgetOrAdaptive',
  prefill: false,
  image: { ...standardImage, ...manyImages },
  toolVersions: { ...tools2025, computer: 'computer_20251124' },
};

/** From 4.7 on: adaptive thinking only, no sampling parameters, larger images. */
const generation47: ModelRules = {
  ...generation46,
  thinking: 'adaptive',
  sampling: 'none',
  image: { ...highResolutionImage, ...manyImages },
};

/** No version of a tool that the service knows is called so: each goes with a description and a schema of our own. */
export const noToolVersions = { bash: '', textEditor: '', computer: '' };

/** Of a model that no pattern names: nothing is forbidden, nothing is promised, no price is made up. */
export const unknownModel: ModelRules = {
  ...generation45,
  contextWindow: 200_000,
  maxOutput: 64_000,
  thinking: 'unknown',
  sampling: 'all',
  toolVersions: noToolVersions,
};

/** Whether the limits are the careful guesses for a model that nobody knows, and no facts about it. */
export function isGuessed({ thinking, contextWindow, maxOutput }: ModelRules): boolean {
  return thinking === 'unknown' && contextWindow === unknownModel.contextWindow && maxOutput === unknownModel.maxOutput;
}

/** Whether its context window is known to be larger than so many tokens. */
export function isKnownLarger(rules: ModelRules, tokens: number): boolean {
  return !isGuessed(rules) && rules.contextWindow > tokens;
}

/** Pages of PDFs in one request: 100 in a small context window, 600 in a large one. Where nobody knows, the more. */
export function mostPdfPages(rules: ModelRules): number {
  return rules.contextWindow < 1_000_000 && !isGuessed(rules) ? 100 : 600;
}

/** The first pattern that fits decides, so the narrower ones come first. */
const families: [pattern: RegExp, rules: ModelRules][] = [
  [/^claude-haiku-4-5/, { ...generation45, cacheMinimum: 4096, ...listed(1) }],
  [/^claude-sonnet-4-5/, { ...generation45, ...listed(3) }],
  [/^claude-opus-4-5/, { ...generation45, toolVersions: generation46.toolVersions, cacheMinimum: 4096, ...listed(5) }],
  [/^claude-opus-4-1/, { ...generation45, maxOutput: 32_000, ...listed(15) }],
  [/^claude-sonnet-4-6/, { ...generation46, ...listed(3) }],
  [/^claude-opus-4-6/, { ...generation46, cacheMinimum: 4096, ...listed(5) }],
  [/^claude-opus-4-7/, { ...generation47, cacheMinimum: 2048, ...listed(5) }],
  [/^claude-opus-4-8/, { ...generation47, ...listed(5) }],
  [/^claude-sonnet-5(?!-\d(?!\d))/, { ...generation47, ...listed(2) }],
  [/^claude-opus-5(?!-\d(?!\d))/, { ...generation47, cacheMinimum: 512, ...listed(5) }],
  [/^claude-fable-5(?!-\d(?!\d))/, { ...generation47, thinking: 'alwaysAdaptive', cacheMinimum: 512, ...listed(10) }],
  [/^claude-mythos-5/, { ...generation47, thinking: 'alwaysAdaptive', cacheMinimum: 512 }],
  // Later members of the newest families: the rules of their family, but no price that nobody has published.
  [/^claude-(sonnet|opus)-5/, generation47],
  [/^claude-fable-5/, { ...generation47, thinking: 'alwaysAdaptive', cacheMinimum: 512 }],
  // Nothing is published about this one's size: the family's last known one, since too little is never refused.
  [
    /^claude-haiku-5/,
    {
      ...generation47,
      contextWindow: 200_000,
      maxOutput: 64_000,
      image: { ...highResolutionImage, ...fewImages },
      cacheMinimum: 4096,
    },
  ],
  // Of these two, the smaller one's output.
  [/^claude-(sonnet|opus)-4(-0|-\d{8}|$)/, { ...generation45, sampling: 'all', maxOutput: 32_000 }],
];

/** The rules of a model by its id, whatever a relay has put before or behind it. */
export function rulesFor(modelId: string): ModelRules {
  const id = canonicalId(modelId);
  return families.find(([pattern]) => pattern.test(id))?.[1] ?? unknownModel;
}

/** Relays sell a model with thinking switched on under its id with `-thinking` behind it. */
export function isThinkingId(modelId: string): boolean {
  return /-thinking$/i.test(modelId.trim());
}

/**
 * The vendor's own id: `anthropic/claude-…`, `us.anthropic.claude-…-v1:0`, `claude-…@date`, `claude-4.5-sonnet` and
 * `claude-…-thinking` all name one model.
 */
export function canonicalId(modelId: string): string {
  const lower = modelId.trim().toLowerCase();
  const start = lower.indexOf('claude-');
  return (start === -1 ? lower : lower.slice(start))
    .replace(/-thinking$/, '')
    .replace(/-v\d+(:\d+)?$/, '')
    .replace('@', '-')
    .replace(/(\d)\.(\d)/g, '$1-$2')
    .replace(/^claude-(\d(?:-\d)?)-([a-z]+)/, 'claude-$2-$1');
}
