import { language } from './language.ts';

/** A number with the user's thousands separators. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}

/** A count for a place with little room: 12,412 is `12K`, in the user's language. */
export function shortCount(count: number): string {
  return new Intl.NumberFormat(language(), {
    notation: 'compact',
    maximumFractionDigits: count < 10_000 ? 1 : 0,
  }).format(count);
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
