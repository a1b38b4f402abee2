import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestWatch } from '../../../src/core/chat/requestWatch.ts';
import type { TokenCount } from '../../../src/core/tokens/estimate.ts';
import type { NextSize } from '../../../src/shared/nextSize.ts';
import type { RequestPreview } from '../../../src/shared/requestPreview.ts';
import { imageOf } from '../../support/imageOf.ts';
import { answerWith, type Script, setUp, turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

function watching(counted: TokenCount = { tokens: 7, isEstimate: false }, ...scripts: Script[]) {
  const { session, requests } = setUp(...scripts);
  const previews: RequestPreview[] = [];
  const sizes: NextSize[] = [];
  const place = { shown: session, isConnected: true, cannotCount: 0 };
  const watch = new RequestWatch({
    view: {
      get connected() {
        return place.isConnected;
      },
      size: (_, size) => sizes.push(size),
      requestPreview: (_, preview) => previews.push(preview),
    },
    session: () => place.shown,
    count: () => Promise.resolve(counted),
    nextTurn: ({ unsent }) => Promise.resolve(unsent.turn),
    cannotCount: () => place.cannotCount++,
    refreshed: () => undefined,
  });
  return { watch, session, requests, previews, sizes, place };
}

test('what the endpoint has counted is shown as counted, beside the message and in the picture', async () => {
  const { watch, previews, sizes, place } = watching({ tokens: 7, isEstimate: false });
  await watch.count();
  assert.deepEqual(
    previews.map(({ size }) => [size.tokens, size.isEstimate]),
    [[7, false]],
  );
  assert.deepEqual(
    sizes.map(({ tokens, isEstimate }) => [tokens, isEstimate]),
    [[7, false]],
  );
  assert.equal(place.cannotCount, 0);
});

test('an endpoint that cannot count is told of, and its number stays an estimate', async () => {
  const { watch, previews, sizes, place } = watching({ tokens: 9, isEstimate: true });
  await watch.count();
  assert.equal(place.cannotCount, 1);
  assert.deepEqual([previews[0]?.size.isEstimate, sizes.length], [true, 0]);
});

test('what was counted of a conversation that is not shown any more is shown nowhere', async () => {
  const { watch, previews, sizes, place } = watching();
  const counted = watch.count();
  place.shown = setUp().session;
  await counted;
  assert.deepEqual([previews, sizes], [[], []]);
});

test('changes are gathered into one picture, which is made only while it is looked at', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { watch, session, previews, sizes } = watching();
  const settle = async (): Promise<void> => {
    t.mock.timers.tick(60);
    await turnOfLoop();
  };
  watch.refresh();
  await settle();
  assert.deepEqual([previews.length, sizes.length], [0, 1], 'the size is shown all the time');
  watch.set(true);
  await turnOfLoop();
  assert.equal(previews.length, 1);
  session.unsent.draft = 'Hello there';
  watch.refresh();
  watch.refresh();
  await settle();
  assert.deepEqual([previews.length, sizes.length], [2, 2]);
  assert.match(previews[1]?.json ?? '', /Hello there/);
  watch.set(false);
  watch.refresh();
  await settle();
  assert.equal(previews.length, 2);
});

test('no size is made for a place without a view', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { watch, sizes, place } = watching();
  place.isConnected = false;
  watch.refresh();
  t.mock.timers.tick(60);
  await turnOfLoop();
  assert.deepEqual(sizes, []);
});

test('what is attached is listed with where it is, the largest first', async () => {
  const { watch, session } = watching(undefined, answerWith('one'), answerWith('two'));
  const code = { path: 'a.ts', uri: 'file:///a.ts', languageId: 'typescript', startLine: 1, endLine: 2, code: 'a\nb' };
  await session.send({ ...turn('first'), excerpts: [code] });
  await session.send({ ...turn('second'), attachments: [{ ...imageOf('sent'), tokens: 500 }] });
  session.unsent.attach({ ...imageOf('beside'), tokens: 900 });
  session.condensing.omit('sent', true);
  const listed = await watch.sizes.attached();
  assert.deepEqual(
    new Set(listed.map(({ id, isUnsent, isOfLast, isOmitted }) => ({ id, isUnsent, isOfLast, isOmitted }))),
    new Set([
      { id: 'beside', isUnsent: true, isOfLast: false, isOmitted: false },
      { id: 'sent', isUnsent: false, isOfLast: true, isOmitted: true },
      { id: 'turn first#0', isUnsent: false, isOfLast: false, isOmitted: false },
    ]),
  );
  const tokens = listed.map(attached => attached.tokens);
  assert.deepEqual(
    tokens,
    tokens.toSorted((a, b) => b - a),
  );
});
