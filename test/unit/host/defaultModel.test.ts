import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultModel, lacksDefault } from '../../../src/host/models/defaultModel.ts';

const listOf = (...ids: string[]) => ({ listedAt: 0, models: ids.map(id => ({ id })) });

test('an endpoint lacks the default only where it lists models and none is the default by any of its names', () => {
  assert.equal(lacksDefault(undefined), false);
  assert.equal(lacksDefault(listOf()), false);
  assert.equal(lacksDefault(listOf('claude-opus-5', defaultModel)), false);
  assert.equal(lacksDefault(listOf(`anthropic/${defaultModel}`)), false);
  assert.equal(lacksDefault(listOf('claude-opus-5', 'claude-sonnet-5')), true);
});
