import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Window } from 'happy-dom';
import { keepFieldKeys } from '../../../src/webview/ui/fieldKeys.ts';

test('the editor hears of Undo, Redo and Select All, but not where a text field has the keyboard', t => {
  const window = new Window();
  for (const name of ['HTMLInputElement', 'HTMLTextAreaElement'] as const) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
    t.after(() =>
      before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name),
    );
  }
  window.document.body.innerHTML = '<textarea></textarea><input><button></button>';
  Reflect.apply(keepFieldKeys, undefined, [window.document]);
  const heard: string[] = [];
  window.addEventListener('keydown', event => heard.push(event instanceof window.KeyboardEvent ? nameOf(event) : ''));

  const press = (selector: string): string[] => {
    heard.length = 0;
    const target = window.document.querySelector(selector);
    for (const modifier of ['ctrlKey', 'metaKey'])
      for (const key of ['z', 'Z', 'y', 'a', 'A', 'n', 'f'])
        target?.dispatchEvent(
          new window.KeyboardEvent('keydown', {
            key,
            [modifier]: true,
            shiftKey: key < 'a',
            bubbles: true,
            composed: true,
          }),
        );
    target?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'z', bubbles: true }));
    return [...heard];
  };

  const others = ['ctrl A', 'ctrl n', 'ctrl f', 'meta A', 'meta n', 'meta f', ' z'];
  assert.deepEqual(press('textarea'), others);
  assert.deepEqual(press('input'), others);
  assert.equal(press('button').length, 15);
});

function nameOf({ key, ctrlKey, metaKey }: { key: string; ctrlKey: boolean; metaKey: boolean }): string {
  return `${ctrlKey ? 'ctrl' : metaKey ? 'meta' : ''} ${key}`;
}
