import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Asked, askedTurn, draftedTurn, toolResultsTurn } from '../../../src/core/chat/askedTurn.ts';
import type { Attachment } from '../../../src/shared/attachment.ts';
import type { ToolResult } from '../../../src/shared/conversation.ts';
import { imageOf } from '../../support/imageOf.ts';
import { setUp, turn } from '../../support/session.ts';
import { answered } from '../../support/turns.ts';

const birth = { id: 'new', createdAt: 5 };
const note: Attachment = {
  id: 'n',
  name: 'n',
  kind: 'text',
  subject: 'terminal',
  heading: '',
  languageId: '',
  text: '',
};

test('what is typed takes what is attached, and what a command asks does not', () => {
  const { session } = setUp();
  session.unsent.attach(note);
  const asked: Asked = { intent: 'chat', text: 'q', excerpts: [] };
  const plain = { ...birth, role: 'user', ...asked };
  assert.deepEqual(askedTurn({ ...asked, isTyped: true }, session, birth), {
    ...plain,
    attachments: [note],
  });
  assert.deepEqual(askedTurn(asked, session, birth), plain);
  assert.deepEqual(askedTurn({ ...asked, call: '/q' }, session, birth), { ...plain, call: '/q' });
});

test('a message without attachments has none, not an empty list', () => {
  const { session } = setUp();
  const made = askedTurn({ intent: 'chat', text: 'q', excerpts: [], isTyped: true }, session, birth);
  assert.equal('attachments' in made, false);
});

test('what a command explains starts over, unless nothing was said before', () => {
  const { session } = setUp();
  const asked: Asked = { intent: 'explain', text: 'q', excerpts: [] };
  assert.equal(askedTurn(asked, session, birth).startsOver, undefined);
  session.branch.add(turn('before'));
  assert.equal(askedTurn(asked, session, birth).startsOver, true);
  assert.equal(askedTurn({ ...asked, intent: 'chat' }, session, birth).startsOver, undefined);
});

test('a draft that calls a prompt would be sent as the prompt makes it', () => {
  const drafted = { ...turn('/explain'), attachments: [note] };
  const called: Asked = { intent: 'explain', text: 'Explain this.', excerpts: [] };
  assert.deepEqual(draftedTurn(drafted, called, [answered]), {
    ...drafted,
    ...called,
    startsOver: true,
  });
  assert.deepEqual(draftedTurn(drafted, undefined, [answered]), drafted);
});

test('images go with the last result of a tool, and all else stays beside the message', () => {
  const [image, other] = [imageOf('one'), imageOf('two')];
  const results: ToolResult[] = ['a', 'b'].map(toolUseId => ({ toolUseId, text: 'x', isError: false }));
  const { turn: made, left } = toolResultsTurn(results, [image, note, other], birth);
  assert.deepEqual(made, {
    ...birth,
    role: 'user',
    intent: 'chat',
    text: '',
    excerpts: [],
    toolResults: [results[0], { ...results[1], images: [image, other] }],
  });
  assert.deepEqual(left, [note]);
  assert.deepEqual(toolResultsTurn(results, [note], birth).turn.toolResults, results);
});
