import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CompositionGuard } from '../../../src/webview/composition.ts';

test('keys of an input method are not ours', () => {
  const guard = new CompositionGuard(() => undefined);
  assert.equal(guard.owns({ isComposing: false, keyCode: 13 }), false);
  assert.equal(guard.owns({ isComposing: true, keyCode: 13 }), true);
  assert.equal(guard.owns({ isComposing: false, keyCode: 229 }), true);
});

test('the key that ended a composition is not ours, the next one is', () => {
  let later = (): void => undefined;
  const guard = new CompositionGuard(callback => (later = callback));
  guard.ended();
  assert.equal(guard.owns({ isComposing: false, keyCode: 13 }), true);
  later();
  assert.equal(guard.owns({ isComposing: false, keyCode: 13 }), false);
});

test('whoever handles Enter or Escape asks the guard', () => {
  for (const file of globSync('src/webview/**/*.{ts,tsx}')) {
    const source = readFileSync(file, 'utf8');
    if (/key [!=]== '(Enter|Escape)'/.test(source)) assert.match(source, /composition\.owns\(event\)/, file);
  }
});
