import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitImage, patchesOf, type PixelSize } from '../../../src/shared/imageFit.ts';

const standard = { longEdgePixels: 1568, tokens: 1568 };
const high = { longEdgePixels: 2576, tokens: 4784 };

/** The first three are the vendor's own examples. */
const cases: [from: [number, number], limits: typeof standard, to: [number, number], tokens: number][] = [
  [[1920, 1080], standard, [1456, 819], 1560],
  [[1000, 1000], standard, [1000, 1000], 1296],
  [[1092, 1092], standard, [1092, 1092], 1521],
  [[1, 1], standard, [1, 1], 1],
  [[7728, 5152], standard, [1344, 896], 1536],
  [[5152, 7728], standard, [896, 1344], 1536],
  [[1920, 1080], high, [1920, 1080], 2691],
  [[7728, 5152], high, [2352, 1568], 4704],
  [[20_000, 10], standard, [1568, 1], 56],
];

for (const [[width, height], limits, [toWidth, toHeight], tokens] of cases) {
  test(`${width} × ${height} is seen as ${toWidth} × ${toHeight} within ${limits.tokens} tokens`, () => {
    const fitted = fitImage({ width, height }, limits);
    assert.deepEqual(fitted, { width: toWidth, height: toHeight });
    assert.equal(patchesOf(fitted), tokens);
  });
}

test('no size is beyond the limits, and none grows', () => {
  for (let width = 1; width < 9_000; width += 397) {
    for (let height = 1; height < 9_000; height += 411) {
      const fitted: PixelSize = fitImage({ width, height }, standard);
      assert.ok(patchesOf(fitted) <= standard.tokens && Math.max(fitted.width, fitted.height) <= 1568);
      assert.ok(fitted.width <= width && fitted.height <= height);
    }
  }
});
