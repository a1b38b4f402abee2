import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contentPolicy } from '../../../src/shared/contentPolicy.ts';

test('a policy forbids what it does not name, and what no other directive covers', () => {
  const policy = contentPolicy("style-src 'nonce-1'").split('; ');
  assert.equal(policy[0], "default-src 'none'");
  assert.ok(policy.includes("style-src 'nonce-1'"));
  for (const uncovered of ["base-uri 'none'", "form-action 'none'"]) assert.ok(policy.includes(uncovered), uncovered);
});

test('every page of ours has its policy from there', () => {
  const pages = globSync('src/**/*.{ts,tsx}').filter(file => readFileSync(file, 'utf8').includes('<!doctype html>'));
  assert.equal(pages.length, 3);
  for (const page of pages) {
    const source = readFileSync(page, 'utf8');
    assert.match(source, /http-equiv="Content-Security-Policy"/, page);
    assert.match(source, /\bcontentPolicy\(/, page);
    assert.doesNotMatch(source, /default-src/, page);
  }
});
