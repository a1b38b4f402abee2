import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { type PinnedFiles, pinnedFiles } from '../../../src/core/process/pinnedFiles.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

/** What is pinned of `node 0.mjs`, where each file imports what `importsOf` says of its number. */
function pinned(
  importsOf: (number: number) => number[],
  looks: () => void = () => undefined,
  names = ['0.mjs'],
): Promise<PinnedFiles> {
  return pinnedFiles(
    { words: ['node', ...names] },
    {
      folder: '/srv',
      inFolder: (path, folder) => resolve(folder, path),
      look: async path => {
        looks();
        const [, number] = /^\/srv\/(\d+)\.mjs$/.exec(path) ?? [];
        // Every other one takes longer.
        await turnOfLoop();
        if (number === undefined) return undefined;
        if (Number(number) % 2 === 0) await turnOfLoop();
        const text = importsOf(Number(number)).map(to => `import './${to}.mjs';`);
        return { digest: `digest of ${number}`, text: text.join('\n') };
      },
    },
  );
}

test('two hundred imported files are pinned, and nothing is left out', async () => {
  const { files, isCut } = await pinned(number => (number < 200 ? [number + 1] : []));
  assert.deepEqual([files.length, files.at(-1)?.path, isCut], [201, '200.mjs', undefined]);
});

test('of more it is said that there are more', async () => {
  const { files, isCut } = await pinned(number => [number + 1]);
  assert.deepEqual([files.length, files.at(-1)?.path, isCut], [201, '200.mjs', true]);
});

test('so it is where a script names more places than are looked at', async () => {
  let looks = 0;
  const { files, isCut } = await pinned(
    number => (number === 0 ? Array.from({ length: 1_000 }, (_, at) => at + 1_000_000) : []),
    () => looks++,
  );
  assert.deepEqual([files.length, isCut], [201, true]);
  assert.ok(looks <= 8_000, String(looks));
});

test('they stand in the same order, however long each takes', async () => {
  const { files } = await pinned(() => [], undefined, ['4.mjs', '3.mjs', '2.mjs', '1.mjs']);
  assert.deepEqual(
    files.map(({ path }) => path),
    ['4.mjs', '3.mjs', '2.mjs', '1.mjs'],
  );
});
