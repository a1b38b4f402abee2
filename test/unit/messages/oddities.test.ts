import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transport } from '../../../src/core/transport/transport.ts';
import { ask, bytesBeforeEnd, checkCut, checkEnd, headersOf } from '../../support/askOddity.ts';
import { inThread } from '../../support/inThread.ts';
import { type OddCase, oddities } from '../../support/oddities.ts';
import { arriving, everyByteCut } from '../../support/slicings.ts';

const checks = {
  async everyByteCut(odd: OddCase): Promise<void> {
    for (const slicing of everyByteCut(Buffer.from(odd.body))) {
      checkEnd(await ask(sending(odd, slicing.chunks), 'http://localhost', odd), odd, slicing.name);
    }
  },
  async everyCut(odd: OddCase): Promise<void> {
    const bytes = Buffer.from(odd.body);
    for (let length = 0; length <= bytesBeforeEnd(odd); length++) {
      const asked = await ask(sending(odd, [bytes.subarray(0, length)]), 'http://localhost', odd);
      checkCut(asked, odd, `cut at byte ${length}`);
    }
  },
};

const check = await inThread(import.meta.url, ({ by, odd }: { by: keyof typeof checks; odd: OddCase }) =>
  checks[by](odd),
);

test('the table has each of the 35', () => {
  assert.deepEqual(
    oddities.map(({ number }) => number),
    Array.from({ length: 35 }, (_, index) => index + 1),
  );
});

for (const { number, name, cases } of oddities) {
  for (const odd of cases) {
    test(`${number}. ${name}, ${odd.name}: the same wherever it is cut`, () => check({ by: 'everyByteCut', odd }));
  }
  for (const odd of cases.filter(({ end }) => end.kind === 'complete')) {
    test(`${number}. ${name}, ${odd.name}: ended anywhere before its end it is never complete`, () =>
      check({ by: 'everyCut', odd }));
  }
}

function sending(odd: OddCase, chunks: Uint8Array[]): Transport {
  const response = { status: odd.status ?? 200, headers: headersOf(odd), body: arriving(chunks) };
  return { send: () => Promise.resolve(response), prepare: () => undefined, close: () => Promise.resolve() };
}
