import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageHeader } from '../../../../src/webview/images/imageHeader.ts';
import { mostImageBytes, planImage } from '../../../../src/webview/images/imagePlan.ts';

const limits = { longEdgePixels: 1568, tokens: 1568 };
const png: ImageHeader = {
  mediaType: 'image/png',
  width: 800,
  height: 600,
  orientation: 1,
  hasExif: false,
  isAnimated: false,
};
const jpeg: ImageHeader = { ...png, mediaType: 'image/jpeg' };

const cases: [name: string, header: ImageHeader, bytes: number, plan: string][] = [
  ['an image that the model sees as it is', png, 1_000, 'asIs'],
  ['one of too many bytes', png, mostImageBytes + 1, '800×600 image/png'],
  ['a large screenshot', { ...png, width: 1920, height: 1080 }, 1_000, '1456×819 image/png'],
  ['a large photograph', { ...jpeg, width: 7728, height: 5152 }, 9_000_000, '1344×896 image/jpeg'],
  [
    'one that was held upright',
    { ...jpeg, width: 7728, height: 5152, orientation: 6 },
    9_000_000,
    '896×1344 image/jpeg',
  ],
  ['a small one that was held upside down', { ...jpeg, orientation: 3 }, 1_000, '800×600 image/jpeg'],
  ['a small one that says where it was taken', { ...jpeg, hasExif: true }, 1_000, '800×600 image/jpeg'],
  ['a GIF that moves', { ...png, mediaType: 'image/gif', isAnimated: true, width: 4_000 }, 1_000, 'asIs'],
  [
    'a GIF that moves and is wider than the service takes',
    { ...png, mediaType: 'image/gif', isAnimated: true, width: 8_400 },
    1_000,
    '1568×112 image/png',
  ],
  [
    'a GIF that moves and is too large',
    { ...png, mediaType: 'image/gif', isAnimated: true },
    9_000_000,
    '800×600 image/png',
  ],
  ['more pixels than memory should hold', { ...jpeg, width: 12_000, height: 12_000 }, 1_000, 'tooManyPixels'],
  ['an edge that nothing draws', { ...png, width: 40_000, height: 1 }, 1_000, 'edgeTooLong'],
];

for (const [name, header, bytes, expected] of cases) {
  test(`${name}: ${expected}`, () => {
    const plan = planImage(header, bytes, limits, 0);
    if (plan.kind === 'refuse') return assert.equal(plan.reason, expected);
    const shown = plan.kind === 'redraw' ? `${plan.size.width}×${plan.size.height} ${plan.mediaType}` : plan.kind;
    assert.equal(shown, expected);
  });
}

test('where there are many images, each is as small as the service wants it then', () => {
  const large = { longEdgePixels: 2576, tokens: 4784 };
  const width = (imagesBeside: number): number => {
    const plan = planImage({ ...png, width: 4_000, height: 1_000 }, 1_000, large, imagesBeside);
    return plan.kind === 'redraw' ? plan.size.width : 0;
  };
  assert.deepEqual([width(0), width(19), width(20), width(50)], [2576, 2576, 2000, 2000]);
});
