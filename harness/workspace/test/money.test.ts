import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyDiscount } from '../src/prices.ts';

const expires = new Date('2030-01-01');

test('a discount lowers the total', () => {
  assert.equal(applyDiscount(1000, { code: 'TENTH', rate: 0.1, expires }), 900);
});

test('a discount never raises the total', () => {
  assert.equal(applyDiscount(1000, { code: 'ODD', rate: -0.1, expires }), 1000);
});
