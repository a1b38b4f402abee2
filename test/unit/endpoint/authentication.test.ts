import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Authentication, KeyHeaders } from '../../../src/core/endpoint/authentication.ts';

const origin = 'https://relay.example';

function setUp(set?: Authentication) {
  const kept = new Map<string, unknown>();
  const memory = {
    read: (of: string) => kept.get(of),
    write: (of: string, value: unknown) => void kept.set(of, value),
  };
  return { kept, headers: new KeyHeaders(memory, () => set) };
}

test('a key goes in the protocol’s own header, and may be tried as a bearer token', () => {
  assert.deepEqual(setUp().headers.sendingTo(origin), { keyAs: ['x-api-key'], otherKeyHeader: 'authorization' });
});

for (const [set, keyAs] of [
  ['x-api-key', ['x-api-key']],
  ['bearer', ['authorization']],
  ['both', ['x-api-key', 'authorization']],
] as const) {
  test(`“${set}”, once it is set, is what every origin gets, and nothing else is offered`, () => {
    const { headers, kept } = setUp(set);
    kept.set(origin, set === 'bearer' ? 'x-api-key' : 'bearer');
    assert.deepEqual(headers.sendingTo(origin), { keyAs });
  });
}

test('the other header is remembered for its origin where it was taken', async () => {
  const { headers } = setUp();
  await headers.tryOther(origin, () => {
    assert.deepEqual(headers.sendingTo(origin), { keyAs: ['authorization'] }, 'it is not offered again at once');
    return Promise.resolve(true);
  });
  assert.deepEqual(headers.sendingTo(origin), { keyAs: ['authorization'], otherKeyHeader: 'x-api-key' });
  assert.deepEqual(headers.sendingTo('https://other.example').keyAs, ['x-api-key']);
});

test('where it was not taken, or nothing came of it, all stays as it was', async () => {
  const { headers } = setUp();
  const before = headers.sendingTo(origin);
  await headers.tryOther(origin, () => Promise.resolve(false));
  assert.deepEqual(headers.sendingTo(origin), before);
  await assert.rejects(headers.tryOther(origin, () => Promise.reject(new Error('lost'))));
  assert.deepEqual(headers.sendingTo(origin), before);
});
