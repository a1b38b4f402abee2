import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownState } from '../../../src/core/chat/shownState.ts';
import { imageOf } from '../../support/imageOf.ts';
import { setUp, turn } from '../../support/session.ts';

test('a view gets what is written, what waits and what is half done, and no bytes', () => {
  const { session } = setUp();
  session.unsent.draft = 'half';
  session.unsent.attach(imageOf('i'));
  session.unsent.typeParameter('temperature', 'warm');
  session.enqueue(turn('waits'));
  session.unsent.draft = 'half again';
  const state = shownState(session);
  assert.equal(state.draft, 'half again');
  assert.deepEqual(
    state.queue.map(({ text }) => text),
    ['waits'],
  );
  assert.deepEqual(state.unfinished, { parameters: { temperature: 'warm' } });
  assert.deepEqual(state.attachments, [
    { ...imageOf('i'), source: { type: 'base64', mediaType: 'image/png', data: '' } },
  ]);
  assert.deepEqual(state.conversation, session.conversation);
});
