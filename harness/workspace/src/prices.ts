/** Money is counted in cents, as whole numbers. */
export type Cents = number;

export interface Discount {
  code: string;
  /** From 0 to 1. */
  rate: number;
  expires: Date;
}

const discounts: Discount[] = [
  { code: 'SPRING', rate: 0.1, expires: new Date('2026-06-01') },
  { code: 'LOYAL', rate: 0.05, expires: new Date('2030-01-01') },
];

export function findDiscount(code: string, today = new Date()): Discount | undefined {
  return discounts.find(discount => discount.code === code && discount.expires > today);
}

export function applyDiscount(total: Cents, discount?: Discount): Cents {
  if (discount === undefined) {
    return total;
  }
  return Math.round(total * (1 - discount.rate));
}

export function format(total: Cents, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(total / 100);
}
