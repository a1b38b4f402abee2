import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaAttachment } from '../../../src/shared/attachment.ts';
import { problemOf } from '../../support/problemOf.ts';
import { answerWith, type Script, setUp, turn, write } from '../../support/session.ts';

test('what was attached and is refused goes no further on request, nor with later turns', async () => {
  const refusedWith =
    (message: string, status = 400): Script =>
    (_listener, answer) => ({ kind: 'failed', message: answer, problem: problemOf(message, status) });
  const [first, second, book] = [
    media('first.png', 'image'),
    media('second.png', 'image'),
    media('book.pdf', 'document'),
  ];
  const cases: [attached: MediaAttachment[], message: string, status: number, refused: string[]][] = [
    [[first, second, book], 'messages.0.content.1.image.source.base64.data: too wide', 400, ['second.png']],
    [[first, second, book], 'The PDF specified is password protected.', 400, ['book.pdf']],
    [[first, second, book], 'Could not process image', 400, ['first.png', 'second.png']],
    [[first, book], 'messages[0].content[1]: unknown variant `document`', 422, ['book.pdf']],
    [[first, book], 'No endpoints found that support image input', 404, ['first.png']],
    [[first], 'temperature: range: 0..1', 400, []],
    [[first], 'The image service failed', 500, []],
  ];
  for (const [attachments, message, status, names] of cases) {
    const { session, requests, store } = setUp(refusedWith(message, status), answerWith('ok'), answerWith('more'));
    await session.send({ ...turn('what is this?'), attachments });
    const failed = session.conversation.turns[1];
    assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
    assert.deepEqual(failed.state.problem.refused?.map(({ name }) => name) ?? [], names, message);
    if (names.length === 0) continue;
    await session.again.retryWithoutRefused(failed.id);
    await session.send(turn('and then?'));
    const sent = attachments.map(({ name, source }) => {
      const data = source.type === 'base64' ? source.data : '';
      return [name, requests.slice(1).map(request => JSON.stringify(request).includes(data))] as const;
    });
    for (const [name, carried] of sent) {
      assert.deepEqual(carried, names.includes(name) ? [false, false] : [true, true], `${message}: ${name}`);
    }
    assert.match(JSON.stringify(requests[2]?.messages), new RegExp(`\\[${names[0]} was attached here\\]`));
    assert.deepEqual([...(store.load('c')?.condensed?.omitted ?? [])].sort(), names.toSorted());
  }
});

test('where the rest of a cut answer is refused for what was attached, it goes on without that', async () => {
  const cut: Script = (listener, message) => {
    write(listener, message, 'I see');
    return { kind: 'truncated', message, problem: problemOf('lost', 500) };
  };
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('Could not process image'),
  });
  const { session, requests } = setUp(cut, refused, answerWith(' a cat'));
  await session.send({ ...turn('what is this?'), attachments: [media('a.png', 'image')] });
  const id = session.conversation.turns[1]?.id ?? '';
  await session.again.continue(id);
  await session.again.retryWithoutRefused(id);
  assert.doesNotMatch(JSON.stringify(requests[2]?.messages), /"type":"image"/);
  const answer = session.conversation.turns.at(-1);
  assert.ok(answer?.role === 'assistant' && answer.id === id && answer.state.phase === 'complete');
  assert.deepEqual(answer.blocks, [{ type: 'text', text: 'I see a cat' }]);
});

test('of an image that an earlier turn has brought, the place in the request tells', async () => {
  const { session } = setUp(answerWith('nice'), (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('messages.0.content.0.image.source.base64.data: At least one of the image dimensions exceed'),
  }));
  await session.send({ ...turn('a'), attachments: [media('old.png', 'image')] });
  await session.send({ ...turn('b'), attachments: [media('new.png', 'image')] });
  const failed = session.conversation.turns.at(-1);
  assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
  assert.deepEqual(failed.state.problem.refused, [{ id: 'old.png', name: 'old.png' }]);
});

function media(name: string, kind: MediaAttachment['kind']): MediaAttachment {
  const mediaType = kind === 'image' ? 'image/png' : 'application/pdf';
  return { id: name, kind, name, source: { type: 'base64', mediaType, data: Buffer.from(name).toString('base64') } };
}
