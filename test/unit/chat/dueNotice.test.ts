import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueNotice } from '../../../src/core/chat/dueNotice.ts';

test('one thing is said of a conversation: what may be lost before what is lost already', () => {
  const whole = { unsavedReason: undefined, isDamaged: false };
  const all = { isInMemory: true, isMissing: true };
  assert.deepEqual(dueNotice({ unsavedReason: 'diskFull', isDamaged: true }, all), {
    kind: 'unsaved',
    reason: 'diskFull',
  });
  assert.deepEqual(dueNotice({ ...whole, isDamaged: true }, all), { kind: 'damaged' });
  assert.deepEqual(dueNotice(whole, all), { kind: 'inMemory' });
  assert.deepEqual(dueNotice(whole, { isInMemory: false, isMissing: true }), { kind: 'missing' });
  assert.equal(dueNotice(whole, { isInMemory: false, isMissing: false }), undefined);
});
