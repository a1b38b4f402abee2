import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownAddresses } from '../../../src/core/endpoint/keyPlaces.ts';

const preset = 'https://relay.example';

test('the relay is the one that is set, else the one that comes with the extension', () => {
  const cases: [set: string, relay: string][] = [
    [preset, preset],
    ['https://mine.example/api/v1/messages', 'https://mine.example/api'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://api.anthropic.com/v1', preset],
    ['', preset],
    ['http://in-the-clear.example', preset],
  ];
  for (const [set, relay] of cases) {
    assert.deepEqual(knownAddresses(set, preset), { anthropic: 'https://api.anthropic.com', relay }, set);
  }
});
