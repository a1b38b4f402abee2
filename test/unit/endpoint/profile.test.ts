import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CapabilityProfile, CapabilityProfiles } from '../../../src/core/endpoint/profile.ts';

const profile: CapabilityProfile = {
  streaming: 'yes',
  countTokens: 'no',
  tools: 'yes',
  thinking: 'unknown',
  images: 'no',
  model: 'm',
  checkedAt: 7,
};

test('what an origin can do is remembered for it alone', () => {
  const { profiles } = create();
  profiles.keep('https://a.example', profile);
  assert.deepEqual(profiles.of('https://a.example'), profile);
  assert.equal(profiles.of('https://b.example'), undefined);
});

for (const kept of [null, 'x', {}, { model: 'm' }, { model: 5, checkedAt: 7 }]) {
  test(`memory that holds ${JSON.stringify(kept)} is no profile`, () => {
    const { profiles, values } = create();
    values.set('https://a.example', kept);
    assert.equal(profiles.of('https://a.example'), undefined);
  });
}

test('a word that nobody knows proves nothing', () => {
  const { profiles, values } = create();
  values.set('https://a.example', { ...profile, tools: 'maybe', images: true });
  assert.deepEqual(profiles.of('https://a.example'), { ...profile, tools: 'unknown', images: 'unknown' });
});

function create() {
  const values = new Map<string, unknown>();
  const memory = {
    read: (origin: string) => values.get(origin),
    write: (origin: string, value: unknown) => void values.set(origin, value),
  };
  return { profiles: new CapabilityProfiles(memory), values };
}
