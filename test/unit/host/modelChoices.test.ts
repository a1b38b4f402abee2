import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOverrides, applyOverrides } from '../../../src/core/models/modelOverrides.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { groupModels, type ModelsToChoose } from '../../../src/host/models/modelChoices.ts';
import { plain } from '../../support/plainText.ts';

const base: ModelsToChoose = {
  current: 'claude-sonnet-4-5-20250929',
  recent: [],
  listed: undefined,
  host: 'relay.example',
  why: '',
  rulesFor,
};
const listed = [
  { id: 'gpt-9', deprecated: true },
  { id: 'claude-opus-5', displayName: 'Claude Opus 5' },
  { id: 'claude-sonnet-4-5-20250929', displayName: 'Claude Sonnet 4.5' },
  { id: 'claude-opus-4-1-20250805', displayName: 'Claude Opus 4.1', deprecated: true },
];

test('the current model comes first, then the ones used last, then the endpoint’s, Claude before others', () => {
  const groups = groupModels({ ...base, listed, recent: ['mine', 'claude-sonnet-4-5-20250929'] }, plain);
  assert.deepEqual(
    groups.map(({ heading, choices }) => [heading, ...choices.map(({ id }) => id)]),
    [
      ['Used last', 'claude-sonnet-4-5-20250929', 'mine'],
      ['Listed by relay.example', 'claude-opus-5', 'claude-opus-4-1-20250805'],
      ['Other models of relay.example', 'gpt-9'],
    ],
  );
});

test('favourites come before all others, once each', () => {
  const favourites = ['claude-opus-5', 'claude-sonnet-4-5-20250929'];
  const groups = groupModels({ ...base, listed, recent: ['mine'], favourites }, plain);
  assert.deepEqual(
    groups.map(({ heading, choices }) => [heading, ...choices.map(({ id }) => id)]),
    [
      ['Favourites', 'claude-opus-5', 'claude-sonnet-4-5-20250929'],
      ['Used last', 'mine'],
      ['Listed by relay.example', 'claude-opus-4-1-20250805'],
      ['Other models of relay.example', 'gpt-9'],
    ],
  );
  assert.deepEqual(
    groups.flatMap(({ choices }) => choices.filter(({ isFavourite }) => isFavourite).map(({ id }) => id)),
    favourites,
  );
});

test('a model is shown with its name, id, size and list price', () => {
  const [used, claude, others] = groupModels({ ...base, listed }, plain);
  assert.deepEqual(used?.choices, [
    {
      id: 'claude-sonnet-4-5-20250929',
      label: 'Claude Sonnet 4.5',
      description: 'claude-sonnet-4-5-20250929 · current · ends with its vendor on 2026-11-30, then claude-sonnet-5',
      detail: 'balanced · 200K context · 64K output · $3 in, $15 out per million tokens (list price)',
      isFavourite: false,
    },
  ]);
  assert.deepEqual(
    claude?.choices.map(({ description, detail }) => [description, detail]),
    [
      [
        'claude-opus-5',
        'for complex tasks · 1M context · 128K output · $5 in, $25 out per million tokens (list price)',
      ],
      [
        'claude-opus-4-1-20250805 · ends with its vendor on 2026-08-05, then claude-opus-5',
        'for complex tasks · 200K context · 32K output · $15 in, $75 out per million tokens (list price)',
      ],
    ],
  );
  assert.deepEqual(others?.choices, [
    { id: 'gpt-9', label: 'gpt-9', description: 'will be withdrawn', detail: '', isFavourite: false },
  ]);
});

test('a price that the user has set is the user’s', () => {
  const { overrides } = parseOverrides({ 'gpt-9': { price: { input: 0.25, output: 1.5 }, contextWindow: 400_000 } });
  const own = (id: string) => applyOverrides(rulesFor(id), overrides, id);
  const [used] = groupModels({ ...base, current: 'gpt-9', listed, rulesFor: own }, plain);
  assert.equal(
    used?.choices[0]?.detail,
    '400K context · 64K output · $0.25 in, $1.5 out per million tokens (your price)',
  );
});

test('without a list the known models are offered, with the reason', () => {
  const groups = groupModels({ ...base, why: 'no key' }, plain);
  assert.deepEqual(
    groups.map(({ heading, notice, choices }) => [heading, notice, choices.length]),
    [
      ['Used last', undefined, 1],
      ['Known models', 'no key', 4],
    ],
  );
});

test('the reason is told even where nothing else is left to list', () => {
  const groups = groupModels({ ...base, listed: [{ id: base.current }], why: 'no key' }, plain);
  assert.deepEqual(groups[1], { heading: 'Listed by relay.example', notice: 'no key', choices: [] });
});

test('where a larger context window is needed, only models whose window is known to be larger are offered', () => {
  const offered = (models: Partial<ModelsToChoose>): (string | undefined)[] =>
    groupModels({ ...base, listed, ...models }, plain).flatMap(({ notice, choices }) => [
      ...(notice === undefined ? [] : [notice]),
      ...choices.map(({ id }) => id),
    ]);
  assert.deepEqual(offered({ largerThan: 200_000, recent: ['mine', 'claude-sonnet-5'] }), [
    'claude-sonnet-5',
    'claude-opus-5',
  ]);
  assert.deepEqual(offered({ largerThan: 1_000_000 }), ['No model with a larger context window is known here']);
  assert.deepEqual(offered({ largerThan: 1_000_000, why: 'No list' }), ['No list']);
});

test('while the list is on its way, nothing stands where it will be', () => {
  const ids = (models: ModelsToChoose) => groupModels(models, plain).map(({ choices }) => choices.map(({ id }) => id));
  assert.deepEqual(
    groupModels({ ...base, isAwaited: true }, plain).map(({ heading, notice }) => [heading, notice]),
    [
      ['Used last', undefined],
      ['Listed by relay.example', 'Asking the endpoint…'],
    ],
  );
  assert.deepEqual(ids({ ...base, isAwaited: true })[0], ids({ ...base, listed })[0], 'what was used keeps its place');
  assert.deepEqual(
    ids({ ...base, isAwaited: true, listed }),
    ids({ ...base, listed }),
    'an old list is shown meanwhile',
  );
});

test('a new list leaves what is shown in its place and adds behind it', () => {
  const shown = ['claude-opus-4-1-20250805', 'claude-opus-5'];
  const newest = [{ id: 'claude-next' }, ...listed];
  const [, claude] = groupModels({ ...base, listed: newest, shown }, plain);
  assert.deepEqual(
    claude?.choices.map(({ id }) => id),
    [...shown, 'claude-next'],
  );
});
