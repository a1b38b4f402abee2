import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelSettings } from '../../../src/host/models/modelSettings.ts';

test('what is wrong with the setting is said in the log, once for every value', () => {
  const warnings: string[] = [];
  let value: unknown = { good: { maxOutput: 77 }, bad: { maxOutput: 'many', sampling: 'some', window: 1 } };
  const settings = new ModelSettings(
    () => value,
    text => warnings.push(text),
  );
  assert.deepEqual(settings.overrides[0], { pattern: 'good', rules: { maxOutput: 77 } });
  assert.deepEqual(settings.overrides[1], { pattern: 'bad', rules: {} });
  assert.deepEqual(warnings, [
    'marginalia.models: bad.window is ignored: there is no such rule. There are contextWindow, maxOutput, cacheMinimum, thinking, sampling, prefill, toolVersions, image, price.',
    'marginalia.models: bad.maxOutput is ignored: it must be a whole number above 0.',
    'marginalia.models: bad.sampling is ignored: it must be one of all, temperatureOrTopP, none.',
  ]);
  value = 'nonsense';
  assert.deepEqual(settings.overrides, []);
  assert.equal(warnings[3], 'marginalia.models is ignored: it must be an object.');
});
