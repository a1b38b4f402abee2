import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelRules as demoRules } from '../../../harness/endpoint/models.ts';
import { isThinkingId, type ModelRules, priceOf, rulesFor, unknownModel } from '../../../src/core/models/modelRules.ts';

const old = {
  thinking: 'budget',
  sampling: 'temperatureOrTopP',
  prefill: true,
  computer: 'computer_20250124',
} as const;
const middle = { ...old, thinking: 'budgetOrAdaptive', prefill: false, computer: 'computer_20251124' } as const;
const recent = { ...middle, thinking: 'adaptive', sampling: 'none' } as const;
const small = { contextWindow: 200_000, mostImages: 100 } as const;
const large = { contextWindow: 1_000_000, maxOutput: 128_000, mostImages: 600 } as const;
const standard = { longEdge: 1568, imageTokens: 1568 } as const;
const sharp = { longEdge: 2576, imageTokens: 4784 } as const;

/** Prices in US dollars for a million tokens: input, output, cache write for 5 minutes, for an hour, cache read. */
type Prices = [number, number, number, number, number] | undefined;

interface Row {
  thinking: ModelRules['thinking'];
  sampling: ModelRules['sampling'];
  prefill: boolean;
  computer: string;
  contextWindow: number;
  maxOutput: number;
  mostImages: number;
  longEdge: number;
  imageTokens: number;
  cacheMinimum: number;
  prices: Prices;
}

const table: [id: string, row: Row][] = [
  [
    'claude-haiku-4-5-20251001',
    { ...old, ...small, ...standard, maxOutput: 64_000, cacheMinimum: 4096, prices: [1, 5, 1.25, 2, 0.1] },
  ],
  [
    'claude-sonnet-4-5-20250929',
    { ...old, ...small, ...standard, maxOutput: 64_000, cacheMinimum: 1024, prices: [3, 15, 3.75, 6, 0.3] },
  ],
  [
    'claude-sonnet-4-5-20250929-thinking',
    { ...old, ...small, ...standard, maxOutput: 64_000, cacheMinimum: 1024, prices: [3, 15, 3.75, 6, 0.3] },
  ],
  [
    'claude-opus-4-1-20250805',
    { ...old, ...small, ...standard, maxOutput: 32_000, cacheMinimum: 1024, prices: [15, 75, 18.75, 30, 1.5] },
  ],
  [
    'claude-opus-4-5-20251101',
    {
      ...old,
      ...small,
      ...standard,
      computer: 'computer_20251124',
      maxOutput: 64_000,
      cacheMinimum: 4096,
      prices: [5, 25, 6.25, 10, 0.5],
    },
  ],
  [
    'claude-sonnet-4-20250514',
    { ...old, ...small, ...standard, sampling: 'all', maxOutput: 32_000, cacheMinimum: 1024, prices: undefined },
  ],
  [
    'claude-opus-4-0',
    { ...old, ...small, ...standard, sampling: 'all', maxOutput: 32_000, cacheMinimum: 1024, prices: undefined },
  ],
  ['claude-sonnet-4-6', { ...middle, ...large, ...standard, cacheMinimum: 1024, prices: [3, 15, 3.75, 6, 0.3] }],
  ['claude-opus-4-6', { ...middle, ...large, ...standard, cacheMinimum: 4096, prices: [5, 25, 6.25, 10, 0.5] }],
  ['claude-opus-4-7', { ...recent, ...large, ...sharp, cacheMinimum: 2048, prices: [5, 25, 6.25, 10, 0.5] }],
  ['claude-opus-4-8', { ...recent, ...large, ...sharp, cacheMinimum: 1024, prices: [5, 25, 6.25, 10, 0.5] }],
  ['claude-sonnet-5', { ...recent, ...large, ...sharp, cacheMinimum: 1024, prices: [2, 10, 2.5, 4, 0.2] }],
  ['claude-sonnet-5-20260901', { ...recent, ...large, ...sharp, cacheMinimum: 1024, prices: [2, 10, 2.5, 4, 0.2] }],
  ['claude-opus-5', { ...recent, ...large, ...sharp, cacheMinimum: 512, prices: [5, 25, 6.25, 10, 0.5] }],
  [
    'claude-fable-5',
    {
      ...recent,
      ...large,
      ...sharp,
      thinking: 'alwaysAdaptive',
      cacheMinimum: 512,
      prices: [10, 50, 12.5, 20, 1],
    },
  ],
  [
    'claude-mythos-5',
    { ...recent, ...large, ...sharp, thinking: 'alwaysAdaptive', cacheMinimum: 512, prices: undefined },
  ],
  ['claude-opus-5-5', { ...recent, ...large, ...sharp, cacheMinimum: 1024, prices: undefined }],
  ['claude-sonnet-5-5', { ...recent, ...large, ...sharp, cacheMinimum: 1024, prices: undefined }],
  ['claude-haiku-5-5', { ...recent, ...small, ...sharp, maxOutput: 64_000, cacheMinimum: 4096, prices: undefined }],
  [
    'claude-fable-5-2',
    { ...recent, ...large, ...sharp, thinking: 'alwaysAdaptive', cacheMinimum: 512, prices: undefined },
  ],
];

for (const [id, row] of table) {
  test(`${id} has its family's rules`, () => {
    const { price, image, toolVersions, ...rules } = rulesFor(id);
    assert.deepEqual(
      {
        thinking: rules.thinking,
        sampling: rules.sampling,
        prefill: rules.prefill,
        computer: toolVersions.computer,
        contextWindow: rules.contextWindow,
        maxOutput: rules.maxOutput,
        mostImages: image.mostInRequest,
        longEdge: image.longEdgePixels,
        imageTokens: image.tokens,
        cacheMinimum: rules.cacheMinimum,
        prices: price && [price.input, price.output, price.cacheWrite5m, price.cacheWrite1h, price.cacheRead],
      },
      row,
    );
    assert.deepEqual([toolVersions.bash, toolVersions.textEditor], ['bash_20250124', 'text_editor_20250728']);
    assert.equal(rules.priceSource, row.prices && 'list');
  });

  test(`the demo endpoint holds ${id} to the same rules`, () => {
    const rules = rulesFor(id);
    const demo = demoRules(id);
    assert.ok(demo);
    assert.deepEqual(
      {
        contextWindow: demo.contextTokens,
        maxOutput: demo.maxOutputTokens,
        cacheMinimum: demo.minCacheTokens,
        prefill: demo.prefill,
        computer: demo.computerTool,
        sampling: { free: 'all', exclusive: 'temperatureOrTopP', fixed: 'none' }[demo.sampling],
        budget: demo.enabledThinking,
        adaptive: demo.adaptiveThinking,
        always: !demo.thinkingCanBeOff,
      },
      {
        contextWindow: rules.contextWindow,
        maxOutput: rules.maxOutput,
        cacheMinimum: rules.cacheMinimum,
        prefill: rules.prefill,
        computer: rules.toolVersions.computer,
        sampling: rules.sampling,
        budget: rules.thinking.startsWith('budget'),
        adaptive: rules.thinking !== 'budget',
        always: rules.thinking === 'alwaysAdaptive',
      },
    );
  });
}

test('what a relay puts before and behind an id changes nothing', () => {
  const plain = rulesFor('claude-sonnet-4-5-20250929');
  for (const id of [
    'anthropic/claude-sonnet-4.5',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'global.anthropic.claude-sonnet-4-5-20250929-v1',
    'claude-sonnet-4-5@20250929',
    'anthropic/claude-4.5-sonnet',
    'claude-4-5-sonnet-20250929',
    ' Claude-Sonnet-4-5-20250929-Thinking ',
  ]) {
    assert.equal(rulesFor(id), plain, id);
  }
});

test('an id that nobody knows is forbidden nothing and promised no price', () => {
  for (const id of ['glm-5', 'gpt-9', 'claude-next', 'claude-3-5-sonnet-20241022', '']) {
    assert.equal(rulesFor(id), unknownModel, id);
  }
  assert.equal(unknownModel.sampling, 'all');
  assert.equal(unknownModel.price, undefined);
});

test('an id that ends in -thinking is one', () => {
  assert.equal(isThinkingId('claude-opus-4-1-20250805-thinking'), true);
  assert.equal(isThinkingId('claude-opus-4-1-20250805'), false);
});

test('cache prices follow the price of the input', () => {
  assert.deepEqual(priceOf(0.8, 4), { input: 0.8, output: 4, cacheWrite5m: 1, cacheWrite1h: 1.6, cacheRead: 0.08 });
});
