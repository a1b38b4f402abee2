import assert from 'node:assert/strict';
import { test } from 'node:test';
import { h } from 'preact';
import type { QueuedMessage } from '../../../src/shared/protocol/queue.ts';
import { draw } from './draw.ts';

const { QueuedMessages } = await import('../../../src/webview/composer/QueuedMessages.tsx');
const { RequestSize } = await import('../../../src/webview/size/RequestSize.tsx');
const { ParameterField } = await import('../../../src/webview/parameters/ParameterField.tsx');

const waiting = (...texts: string[]): QueuedMessage[] =>
  texts.map((text, index) => ({ id: `q${index}`, text, attachments: [] }));

test('after a stop, all that waits goes out or is cleared at once; cleared texts are recalled, the last first', async t => {
  const drawn = await draw(t, h(QueuedMessages, { edit: () => undefined }), { queue: waiting('one', 'two') });
  assert.match(drawn.text(), /^2 waiting/);
  await drawn.click('Send All');
  assert.deepEqual(drawn.posted, [{ type: 'sendQueued', id: 'q0' }]);
  await drawn.click('Clear');
  assert.deepEqual(drawn.posted.slice(1), [
    { type: 'unqueue', id: 'q0', isEdited: false },
    { type: 'unqueue', id: 'q1', isEdited: false },
  ]);
  assert.deepEqual(drawn.store.sentElsewhere.value, ['two', 'one']);
});

test('a message that waits goes back to where it was written', async t => {
  const edited: string[] = [];
  const drawn = await draw(t, h(QueuedMessages, { edit: text => edited.push(text) }), { queue: waiting('one') });
  await drawn.click('Edit Queued Message');
  assert.deepEqual(edited, ['one']);
  assert.deepEqual(drawn.posted, [{ type: 'unqueue', id: 'q0', isEdited: true }]);
});

test('nothing waits: nothing is drawn', async t => {
  const drawn = await draw(t, h(QueuedMessages, { edit: () => undefined }));
  assert.equal(drawn.root.innerHTML, '');
});

test('a parameter that is wrong is told as text with its reason, a right one as its value', async t => {
  const drawn = await draw(t, h(ParameterField, { name: 'temperature' }));
  await drawn.type('temperature', '1.5');
  assert.deepEqual(drawn.posted, [{ type: 'typeParameter', name: 'temperature', text: '1.5' }]);
  assert.match(drawn.text(), /A number from 0 to 1\./);
  assert.equal(drawn.root.querySelector('input')?.getAttribute('aria-invalid'), 'true');
  await drawn.type('temperature', '0.5');
  assert.deepEqual(drawn.posted.at(-1), { type: 'setParameter', name: 'temperature', value: 0.5 });
  assert.equal(drawn.root.querySelector('input')?.getAttribute('aria-invalid'), 'false');
  await drawn.click('Leave temperature to the Settings');
  assert.deepEqual(drawn.posted.at(-1), { type: 'setParameter', name: 'temperature', value: undefined });
});

test('a small request is not shown as nothing, beside its parameters as in the composer', async t => {
  const size = { tokens: 12, isEstimate: false, contextWindow: 200_000, inputCostUsd: 0.000036 };
  const preview = { defaults: {}, adjustments: [], unavailable: {}, json: '{}', length: 2, size };
  const { text } = await draw(t, h(RequestSize, { preview }));
  assert.equal(text(), '12 tokens · <1% of the context window · about <$0.01 by the vendor’s list');
});
