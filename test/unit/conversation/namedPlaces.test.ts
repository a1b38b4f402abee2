import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namePlace } from '../../../src/core/conversation/namedPlaces.ts';
import { answerWith, reportWith, setUp, turn } from '../../support/session.ts';

test('a file is known by what was sent of it, and by findings in it', async () => {
  const finding = { severity: 'error', title: 'T', explanation: 'E', quote: 'a == b', path: 'x.ts' };
  const { session } = setUp(answerWith('a'), reportWith({ findings: [finding] }));
  const excerpt = { path: 'a.ts', uri: 'file:///a.ts', languageId: '', startLine: 1, endLine: 1, code: 'a' };
  await session.send({ ...turn('q'), excerpts: [excerpt] });
  await session.send(turn('review', 'review'));
  const { turns } = session.conversation;
  assert.ok(namePlace(turns, 'file:///a.ts'));
  assert.ok(namePlace(turns, 'file:///x.ts'));
  assert.equal(namePlace(turns, 'file:///etc/passwd'), false);
});
