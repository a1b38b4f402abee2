import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CompositionGuard } from '../../../src/webview/ui/composition.ts';

test('keys of an input method are not ours', () => {
  const guard = new CompositionGuard();
  assert.equal(guard.owns({ isComposing: false, keyCode: 13, timeStamp: 0 }), false);
  assert.equal(guard.owns({ isComposing: true, keyCode: 13, timeStamp: 0 }), true);
  assert.equal(guard.owns({ isComposing: false, keyCode: 229, timeStamp: 0 }), true);
});

test('the key that ended a composition is not ours, the next one is, however soon it comes', () => {
  const guard = new CompositionGuard();
  guard.ended({ timeStamp: 1000 });
  assert.equal(guard.owns({ isComposing: false, keyCode: 13, timeStamp: 999.9 }), true);
  assert.equal(guard.owns({ isComposing: false, keyCode: 13, timeStamp: 1000.1 }), false);
});

test('whoever handles Enter or Escape asks the guard', () => {
  for (const file of globSync('src/webview/**/*.{ts,tsx}')) {
    const source = readFileSync(file, 'utf8');
    if (/key [!=]== '(Enter|Escape)'/.test(source)) assert.match(source, /composition\.owns\(event\)/, file);
  }
});
