import type { NextSize } from '../shared/nextSize.ts';
import type { Translate } from '../shared/translate.ts';
import { formatCount } from './stopNotice.ts';
import { language } from './language.ts';
import { listText } from '../shared/listText.ts';

/** A count for a place with little room: 12,412 is `12K`, in the user's language. */
export function shortCount(count: number): string {
  return new Intl.NumberFormat(language(), {
    notation: 'compact',
    maximumFractionDigits: count < 10_000 ? 1 : 0,
  }).format(count);
}

/** The share of the context window in whole percent; what is less than one is not nothing. */
export function shareText({ tokens, contextWindow }: NextSize): string | undefined {
  if (contextWindow === undefined) return undefined;
  const percent = new Intl.NumberFormat(language(), { style: 'percent' });
  const share = tokens / contextWindow;
  // Never rounded up to a full window, nor down to an empty one.
  if (share < 0.01) return `<${percent.format(0.01)}`;
  return percent.format(share < 1 ? Math.min(0.99, Math.floor(share * 100) / 100) : share);
}

/** US dollars, in cents. What is less than a cent says so. */
export function costText(usd: number): string {
  return usd < 0.01 ? `<${dollars(0.01, 2)}` : dollars(usd, 2);
}

/** US dollars, exact enough for a small request. */
export function exactCostText(usd: number): string {
  return dollars(usd, usd < 0.1 ? 4 : 2);
}

/** US dollars for a million tokens. */
export function priceText(usd: number): string {
  return dollars(usd, usd < 0.1 ? 4 : 2);
}

function dollars(usd: number, digits: number): string {
  const format = new Intl.NumberFormat(language(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  });
  return format.format(usd);
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
