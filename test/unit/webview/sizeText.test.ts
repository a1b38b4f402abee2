import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillsWindow, isNearlyFull, type NextSize } from '../../../src/shared/nextSize.ts';
import { t } from '../../../src/webview/ui/l10n.ts';
import { costText, exactCostText, shortCount } from '../../../src/webview/ui/numberText.ts';
import { shareText, sizeSentence } from '../../../src/webview/size/sizeText.ts';

const size: NextSize = {
  tokens: 12_412,
  isEstimate: true,
  system: 0,
  tools: 0,
  history: 12_000,
  attachments: 0,
  message: 412,
  maxTokens: 8_192,
  contextWindow: 200_000,
  inputCostUsd: 0.0372,
};

/** Of a model that nobody knows. */
const unknown: NextSize = { ...size };
delete unknown.contextWindow;
delete unknown.inputCostUsd;

test('counts and costs are short, and what is small is not nothing', () => {
  assert.deepEqual([12, 1_240, 12_412, 343_773, 1_200_000].map(shortCount), ['12', '1.2K', '12K', '344K', '1M']);
  assert.deepEqual([0.0004, 0.0372, 1.289, 1_234].map(costText), ['<$0.01', '$0.04', '$1.29', '$1,234.00']);
  assert.deepEqual([0.0004, 0.5].map(exactCostText), ['$0.0004', '$0.50']);
});

test('a share is never rounded to an empty or a full window', () => {
  const share = (tokens: number): string | undefined => shareText({ ...size, tokens });
  assert.deepEqual([10, 2_000, 12_412, 199_999, 200_000, 344_000].map(share), [
    '<1%',
    '1%',
    '6%',
    '99%',
    '100%',
    '172%',
  ]);
});

test('what is not known is not said', () => {
  assert.equal(sizeSentence(size, t), 'Next request: about 12,412 tokens, 6% of the context window, about $0.04');
  assert.equal(sizeSentence({ ...unknown, isEstimate: false }, t), 'Next request: 12,412 tokens');
  assert.equal(shareText(unknown), undefined);
});

test('a window is nearly full by the request, or by the answer that it may have', () => {
  assert.deepEqual([isNearlyFull(size), fillsWindow(size)], [false, false]);
  assert.deepEqual([isNearlyFull({ ...size, maxTokens: 190_000 }), fillsWindow(size)], [true, false]);
  assert.equal(fillsWindow({ ...size, tokens: 180_000 }), true);
  assert.equal(isNearlyFull({ ...unknown, tokens: 5_000_000 }), false);
});
