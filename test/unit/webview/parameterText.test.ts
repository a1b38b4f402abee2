import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterNames } from '../../../src/shared/requestFields.ts';
import { parameterGroups, parameterHint } from '../../../src/webview/parameters/parameterText.ts';

test('every parameter stands in one group, with a hint that takes one line', () => {
  const grouped = parameterGroups.flatMap(({ names }) => names);
  assert.deepEqual(grouped.toSorted(), parameterNames.toSorted());
  for (const name of grouped) {
    const { length } = parameterHint(name);
    assert.ok(length > 0 && length <= 40, name);
  }
});
