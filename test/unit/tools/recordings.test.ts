import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostRecorded, parseRecordings, recordedFor, withRecording } from '../../../src/core/tools/recordings.ts';

const result = { text: 'three', isError: false };

test('a result is found by its input, in whatever order the fields stand', () => {
  const recordings = withRecording({}, { a: 1, b: { c: [1, { x: 1, y: 2 }], d: 2 } }, result);
  assert.deepEqual(recordedFor(recordings, { b: { d: 2, c: [1, { y: 2, x: 1 }] }, a: 1 }), result);
  assert.equal(recordedFor(recordings, { a: 1, b: { c: [{ x: 1, y: 2 }, 1], d: 2 } }), undefined);
  assert.equal(recordedFor(recordings, {}), undefined);
});

test('the same input is recorded once, and of very many the oldest go', () => {
  let recordings = withRecording({}, { first: true }, result);
  for (let index = 0; index < mostRecorded; index++) recordings = withRecording(recordings, { index }, result);
  recordings = withRecording(recordings, { index: 3 }, { text: 'four', isError: true });
  assert.equal(Object.keys(recordings).length, mostRecorded);
  assert.equal(recordedFor(recordings, { first: true }), undefined);
  assert.deepEqual(recordedFor(recordings, { index: 3 }), { text: 'four', isError: true });
});

test('what was stored by others is read as far as it is right', () => {
  assert.deepEqual(parseRecordings(null), {});
  assert.deepEqual(parseRecordings({ '{}': result, a: 3, b: { text: 'x' } }), { '{}': result });
});
