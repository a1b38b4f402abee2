/** Answers that name the sample project's files and change them, for questions that ask for that. */
export function projectAnswer(question: string): string | undefined {
  return ANSWERS.find(([asked]) => asked.test(question))?.[1];
}

const PLACES = `The totals of an order are made in three places:

- \`src/orders.ts:17\` adds up the items, and \`src/orders.ts:25-28\` takes the discount off.
- [The discount itself](src/prices.ts#L19) is in prices.ts, and in no other file.
- package.json:3 has nothing to do with it, and \`src/taxes.ts:1\` is not there at all.

日本語でも:合計はsrc/orders.ts:17にあります。 Version 1.2.3 of 12:30 is no file, nor is https://example.com/src/orders.ts.`;

const SNIPPET = `Let the items be added up in one line. In \`src/orders.ts\`:

\`\`\`ts
import { applyDiscount, findDiscount, type Cents } from './prices.js';

// ... existing code ...

export function subtotal(order: Order): Cents {
  return order.items.reduce((sum, item) => sum + item.price * item.quantity, 0);
}
\`\`\``;

const DIFF = `A rate can't be below zero:

\`\`\`diff
--- a/src/prices.ts
+++ b/src/prices.ts
@@ -20,4 +20,4 @@ export function applyDiscount(total: Cents, discount?: Discount): Cents {
   if (discount === undefined) {
     return total;
   }
-  return Math.round(total * (1 - discount.rate));
+  return Math.round(total * (1 - Math.max(0, discount.rate)));
 }
\`\`\``;

const NEW_FILE = `Taxes deserve a file of their own:

\`\`\`ts src/taxes.ts
import type { Cents } from './prices.js';

export function withTax(total: Cents, rate: number): Cents {
  return Math.round(total * (1 + rate));
}
\`\`\``;

const UNPLACED = `A function that the project does not have yet:

\`\`\`ts
export function itemCount(order: Order): number {
  return order.items.reduce((count, item) => count + item.quantity, 0);
}
\`\`\``;

const LONG_CODE = `All prices of the year:

\`\`\`ts
${Array.from({ length: 123 }, (_, day) => `export const priceOfDay${day + 1} = ${(day * 7919) % 500};`).join('\n')}
\`\`\`

That is a long list.`;

const ANSWERS: readonly (readonly [asked: RegExp, answer: string])[] = [
  [/\bwhich files\b|\bwhere\b.*\btotals?\b/i, PLACES],
  [/\b(?:change|simplify|rewrite)\b.*\bsubtotal\b/i, SNIPPET],
  [/\bdiff\b.*\bdiscount|\bdiscount\b.*\bdiff\b/i, DIFF],
  [/\bnew file\b.*\btax|\btax\w*\b.*\bnew file\b/i, NEW_FILE],
  [/\bcount\b.*\bitems\b/i, UNPLACED],
  [/\ball\b.*\bprices\b/i, LONG_CODE],
];
