import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageLimitsOf, mediaDataOf, mediaExcess } from '../../../src/core/chat/mediaRoom.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { MediaAttachment } from '../../../src/shared/attachment.ts';
import { imageOf } from '../../support/imageOf.ts';
import { answerWith, setUp, turn } from '../../support/session.ts';

const book = (id: string, pages: number): MediaAttachment => ({
  id,
  kind: 'document',
  name: id,
  pages,
  source: { type: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
});

test('what a request carries of earlier turns and what lies beside the message count together', async () => {
  const { session } = setUp(answerWith('a'));
  const rules = rulesFor('claude-haiku-4-5');
  await session.send({ ...turn('q'), attachments: [book('sent', 60)] });
  assert.equal(mediaExcess(book('more', 40), session, rules), undefined);
  session.unsent.attach(book('beside', 30));
  assert.deepEqual(mediaExcess(book('more', 40), session, rules), { over: 'pages', pages: 40, sum: 130, most: 100 });
});

test('how many images go along is the model’s', () => {
  const { session } = setUp();
  const rules = rulesFor('claude-haiku-4-5');
  const few = { ...rules, image: { ...rules.image, mostInRequest: 1 } };
  session.unsent.attach(imageOf('one'));
  assert.deepEqual(mediaExcess(imageOf('two'), session, few), { over: 'images', most: 1 });
  assert.equal(mediaExcess(imageOf('two'), session, rules), undefined);
  assert.deepEqual(imageLimitsOf(rules), { longEdgePixels: 1568, tokens: 1568 });
});

test('the view gets the bytes of what is attached, and nothing that has none', () => {
  const { session } = setUp();
  const image = imageOf('one');
  session.unsent.attach(image);
  session.unsent.attach({ ...imageOf('far'), source: { type: 'url', url: 'https://x/y.png' } });
  assert.equal(mediaDataOf(session, 'one'), image.source.type === 'base64' && image.source.data);
  assert.equal(mediaDataOf(session, 'far'), undefined);
  assert.equal(mediaDataOf(session, 'unknown'), undefined);
});
