import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelCatalog } from '../../../src/core/endpoint/modelCatalog.ts';
import { parseOverrides } from '../../../src/core/models/modelOverrides.ts';
import { rulesFor, unknownModel } from '../../../src/core/models/modelRules.ts';

const here = 'https://here.example';
const there = 'https://there.example';

test('the table counts, over it the list, over that the setting', () => {
  const { catalog, state } = create();
  assert.equal(catalog.rulesFor('claude-opus-4-1'), rulesFor('claude-opus-4-1'));
  catalog.learn(here, [{ id: 'claude-opus-4-1', maxOutput: 20_000, contextWindow: 150_000 }]);
  state.setting = { 'claude-opus-*': { maxOutput: 10_000 } };
  const { maxOutput, contextWindow, cacheMinimum } = catalog.rulesFor('claude-opus-4-1');
  assert.deepEqual([maxOutput, contextWindow, cacheMinimum], [10_000, 150_000, 1024]);
});

test('a list is its origin’s alone', () => {
  const { catalog, state } = create();
  catalog.learn(here, [{ id: 'x', maxOutput: 1 }]);
  assert.equal(catalog.rulesFor('x').maxOutput, 1);
  state.origin = there;
  assert.equal(catalog.rulesFor('x'), unknownModel);
  state.origin = undefined;
  assert.equal(catalog.rulesFor('x'), unknownModel);
});

test('whether a model has room for more is known of what is listed, and may be where nothing is', () => {
  const { catalog } = create();
  assert.equal(catalog.mayHaveLarger(200_000), true);
  catalog.learn(here, [{ id: 'who-knows' }, { id: 'claude-sonnet-4-5' }]);
  assert.equal(catalog.mayHaveLarger(200_000), false);
  assert.equal(catalog.mayHaveLarger(150_000), true);
  catalog.learn(here, [{ id: 'claude-sonnet-4-5' }, { id: 'claude-opus-5' }]);
  assert.equal(catalog.mayHaveLarger(200_000), true);
  assert.equal(catalog.mayHaveLarger(1_000_000), false);
});

test('an id finds its entry under a relay’s prefix and without its suffix', () => {
  const { catalog } = create();
  catalog.learn(here, [{ id: 'anthropic/claude-sonnet-4.5', maxOutput: 9 }]);
  assert.equal(catalog.rulesFor('claude-sonnet-4-5-thinking').maxOutput, 9);
});

test('what was listed is known in the next session, and old after a day', () => {
  const { catalog, state, again } = create();
  const model = {
    id: 'x',
    displayName: 'X',
    contextWindow: 5,
    maxOutput: 4,
    thinking: 'adaptive' as const,
    deprecated: true,
  };
  const list = catalog.learn(here, [model]);
  assert.deepEqual(again().listOf(here), { models: [model], listedAt: state.now });
  assert.equal(again().listOf(there), undefined);
  assert.equal(catalog.isFresh(list), true);
  state.now += 24 * 60 * 60 * 1000;
  assert.equal(catalog.isFresh(list), false);
  state.now = 0;
  assert.equal(catalog.isFresh(list), false, 'a clock that was set back');
});

for (const kept of [7, null, [], {}, { listedAt: 1 }, { listedAt: 1, models: [null, { id: 5 }, 'x'] }]) {
  test(`memory that holds ${JSON.stringify(kept)} is no list or an empty one`, () => {
    const { state, again } = create();
    state.memory.set(here, kept);
    assert.deepEqual(again().listOf(here)?.models ?? [], []);
  });
}

test('memory that holds wrong sizes loses them', () => {
  const { state, again } = create();
  state.memory.set(here, { listedAt: 1, models: [{ id: 'x', maxOutput: '9', thinking: 'deep', displayName: 5 }] });
  assert.deepEqual(again().listOf(here)?.models, [{ id: 'x' }]);
});

function create() {
  const state = {
    memory: new Map<string, unknown>(),
    origin: here as string | undefined,
    setting: undefined as unknown,
    now: 1_000_000,
  };
  const again = (): ModelCatalog =>
    new ModelCatalog({
      // As the editor keeps it: as JSON.
      memory: {
        read: origin => state.memory.get(origin),
        write: (origin, value) => state.memory.set(origin, JSON.parse(JSON.stringify(value))),
      },
      overrides: () => parseOverrides(state.setting).overrides,
      origin: () => state.origin,
      now: () => state.now,
    });
  return { catalog: again(), again, state };
}
