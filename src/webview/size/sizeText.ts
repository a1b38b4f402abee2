import type { NextSize } from '../../shared/nextSize.ts';
import type { Translate } from '../../shared/translate.ts';
import { costText, formatCount } from '../ui/numberText.ts';
import { language } from '../ui/language.ts';
import { listText } from '../../shared/listText.ts';

/** The share of the context window in whole percent; what is less than one is not nothing. */
export function shareText({ tokens, contextWindow }: Pick<NextSize, 'tokens' | 'contextWindow'>): string | undefined {
  if (contextWindow === undefined) return undefined;
  const percent = new Intl.NumberFormat(language(), { style: 'percent' });
  const share = tokens / contextWindow;
  // Never rounded up to a full window, nor down to an empty one.
  if (share < 0.01) return `<${percent.format(0.01)}`;
  return percent.format(share < 1 ? Math.min(0.99, Math.floor(share * 100) / 100) : share);
}

/** Everything in one sentence, for who hears it. */
export function sizeSentence(size: NextSize, t: Translate): string {
  const share = shareText(size);
  const count = formatCount(size.tokens);
  const parts = [
    size.isEstimate ? t('about {0} tokens', count) : t('{0} tokens', count),
    share === undefined ? '' : t('{0} of the context window', share),
    size.inputCostUsd === undefined ? '' : t('about {0}', costText(size.inputCostUsd)),
  ];
  return t(
    'Next request: {0}',
    listText(
      parts.filter(part => part !== ''),
      language(),
    ),
  );
}
