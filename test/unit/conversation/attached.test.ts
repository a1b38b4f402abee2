import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutAttached } from '../../../src/core/conversation/attached.ts';
import { attachedTo } from '../../../src/shared/attached.ts';
import type { Excerpt, MediaAttachment } from '../../../src/shared/attachment.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';

const image = (id: string): MediaAttachment => ({
  id,
  kind: 'image',
  name: `${id}.png`,
  source: { type: 'url', url: id },
});
const excerpt = (path: string, startLine: number, endLine: number): Excerpt => {
  return { path, uri: `file:///${path}`, languageId: 'typescript', startLine, endLine, code: 'x' };
};
const turn: UserTurn = {
  id: 'u',
  role: 'user',
  createdAt: 0,
  intent: 'chat',
  text: 'Look.',
  excerpts: [excerpt('a.ts', 1, 812), excerpt('b.ts', 4, 4)],
  attachments: [image('one'), image('two')],
  toolResults: [{ toolUseId: 't', text: 'found', isError: false, images: [image('three')] }],
};

test('everything that went along has a name and an id of its own', () => {
  assert.deepEqual(
    attachedTo(turn).map(({ id, name }) => [id, name]),
    [
      ['one', 'one.png'],
      ['two', 'two.png'],
      ['three', 'three.png'],
      ['u#0', 'a.ts:1-812'],
      ['u#1', 'b.ts:4'],
    ],
  );
});

test('a note stands for what is left out, where it was', () => {
  const { text, excerpts, attachments, toolResults } = withoutAttached(turn, new Set(['one', 'u#0', 'u#1', 'three']));
  assert.equal(
    text,
    'Look.\n\n[one.png was attached here]\n\n[a.ts:1-812, 812 lines, was attached here]\n\n[b.ts:4, 1 line, was attached here]',
  );
  assert.deepEqual(excerpts, []);
  assert.deepEqual(attachments, [image('two')]);
  assert.deepEqual(toolResults, [{ toolUseId: 't', text: 'found\n\n[three.png was attached here]', isError: false }]);
});

test('a turn that nothing is left out of is the same one', () => {
  assert.equal(withoutAttached(turn, new Set(['other'])), turn);
});
