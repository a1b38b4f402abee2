import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyOverrides, parseOverrides, type RuleOverrides } from '../../../src/core/models/modelOverrides.ts';
import { rulesFor, samplingForms, thinkingForms, unknownModel } from '../../../src/core/models/modelRules.ts';

const everything: RuleOverrides = {
  contextWindow: 50_000,
  maxOutput: 4_000,
  cacheMinimum: 2_000,
  thinking: 'adaptive',
  sampling: 'none',
  prefill: false,
  toolVersions: { bash: 'bash_1', textEditor: 'text_editor_1', computer: 'computer_1' },
  image: { longEdgePixels: 1000, tokens: 900, mostInRequest: 5 },
  price: { input: 1, output: 2, cacheWrite5m: 3, cacheWrite1h: 4, cacheRead: 5 },
};

test('every rule can be set', () => {
  const { overrides, problems } = parseOverrides({ 'my-model': everything });
  assert.deepEqual(problems, []);
  assert.deepEqual(applyOverrides(unknownModel, overrides, 'my-model'), { ...everything, priceSource: 'setting' });
});

test('what is not set stays', () => {
  const rules = rulesFor('claude-sonnet-4-5');
  const set = { 'claude-sonnet-4-5': { maxOutput: 8, toolVersions: { bash: 'b' }, image: { tokens: 1 } } };
  assert.deepEqual(applyOverrides(rules, parseOverrides(set).overrides, 'claude-sonnet-4-5'), {
    ...rules,
    maxOutput: 8,
    toolVersions: { ...rules.toolVersions, bash: 'b' },
    image: { ...rules.image, tokens: 1 },
  });
});

test('a price of one’s own has nothing of the list in it', () => {
  const { overrides } = parseOverrides({ '*': { price: { input: 0.8, output: 4, cacheRead: 0 } } });
  const rules = applyOverrides(rulesFor('claude-opus-4-1'), overrides, 'claude-opus-4-1');
  assert.deepEqual(rules.price, { input: 0.8, output: 4, cacheWrite5m: 1, cacheWrite1h: 1.6, cacheRead: 0 });
  assert.equal(rules.priceSource, 'setting');
});

const patterns: [pattern: string, id: string, fits: boolean][] = [
  ['claude-sonnet-4-5', 'claude-sonnet-4-5', true],
  ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929', false],
  ['claude-sonnet-4-5*', 'claude-sonnet-4-5-20250929', true],
  ['Claude-Sonnet-*', 'anthropic/claude-sonnet-4.5', true],
  ['claude-sonnet-4-5-20250929', 'claude-sonnet-4-5-20250929-thinking', true],
  ['*-thinking', 'claude-sonnet-4-5-20250929-thinking', true],
  ['glm-4.6', 'glm-4x6', false],
  ['a(b', 'a(b', true],
  ['*', 'anything', true],
];

for (const [pattern, id, fits] of patterns) {
  test(`${pattern} ${fits ? 'names' : 'does not name'} ${id}`, () => {
    const { overrides } = parseOverrides({ [pattern]: { maxOutput: 7 } });
    assert.equal(applyOverrides(unknownModel, overrides, id).maxOutput === 7, fits);
  });
}

test('the longer pattern wins, wherever it stands', () => {
  const { overrides } = parseOverrides({
    'my-model': { maxOutput: 1 },
    'my-*': { maxOutput: 2, contextWindow: 2 },
    '*': { maxOutput: 3, contextWindow: 3, cacheMinimum: 3 },
  });
  const { maxOutput, contextWindow, cacheMinimum } = applyOverrides(unknownModel, overrides, 'my-model');
  assert.deepEqual([maxOutput, contextWindow, cacheMinimum], [1, 2, 3]);
});

const wrong: [what: string, value: unknown, paths: string[]][] = [
  ['no object', ['x'], ['']],
  ['no object for a model', { m: 5 }, ['m']],
  [
    'sizes',
    { m: { contextWindow: -1, maxOutput: 1.5, cacheMinimum: '7' } },
    ['m.contextWindow', 'm.maxOutput', 'm.cacheMinimum'],
  ],
  ['words', { m: { thinking: 'deep', sampling: true, prefill: 'yes' } }, ['m.thinking', 'm.sampling', 'm.prefill']],
  ['parts', { m: { toolVersions: { bash: '' }, image: { tokens: 0 } } }, ['m.toolVersions.bash', 'm.image.tokens']],
  ['half a price', { m: { price: { input: 1 } } }, ['m.price']],
  ['a price below nothing', { m: { price: { input: 1, output: 1, cacheRead: -1 } } }, ['m.price.cacheRead']],
  ['names that nobody knows', { m: { window: 1, price: { in: 1, input: 1, output: 1 } } }, ['m.window', 'm.price.in']],
];

for (const [what, value, paths] of wrong) {
  test(`what is wrong is named and ignored: ${what}`, () => {
    const { overrides, problems } = parseOverrides(value);
    assert.deepEqual(
      problems.map(problem => problem.path),
      paths,
    );
    const { maxOutput, thinking, image } = applyOverrides(unknownModel, overrides, 'm');
    assert.deepEqual(
      { maxOutput, thinking, image },
      {
        maxOutput: unknownModel.maxOutput,
        thinking: unknownModel.thinking,
        image: unknownModel.image,
      },
    );
  });
}

test('nothing set changes nothing', () => {
  assert.deepEqual(parseOverrides(undefined), { overrides: [], problems: [] });
  assert.equal(applyOverrides(unknownModel, [], 'm'), unknownModel);
});

test('the settings editor knows the same rules', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { configuration: { properties: Record<string, Schema> }[] };
  };
  const setting = manifest.contributes.configuration.map(group => group.properties['marginalia.models']).find(Boolean);
  const schema = setting?.additionalProperties;
  assert.equal(setting?.scope, 'application');
  assert.ok(typeof schema === 'object' && schema.properties);
  assert.deepEqual(Object.keys(schema.properties).sort(), Object.keys(everything).sort());
  for (const [name, inner] of Object.entries(schema.properties)) {
    if (!inner.properties) continue;
    const known = everything[name as 'price' | 'image' | 'toolVersions'];
    assert.deepEqual(Object.keys(inner.properties).sort(), Object.keys(known ?? {}).sort());
  }
  assert.deepEqual(schema.properties['thinking']?.enum, thinkingForms);
  assert.deepEqual(schema.properties['sampling']?.enum, samplingForms);
});

interface Schema {
  scope?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}
