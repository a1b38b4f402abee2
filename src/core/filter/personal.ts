import type { Found } from './found.ts';

const domain = /@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![\w-])/y;
const localCharacter = /[A-Za-z0-9._%+-]/;
/** Characters before the `@`. */
const longestLocal = 64;

const phone = /(?<![\w.+/-])(?:\+|\(|0)[\d ()/-]{7,22}\d(?![\w-]|\.\d)/g;
const card = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/** Mail addresses, phone numbers and card numbers. */
export function findPersonal(text: string): Found[] {
  return [...mails(text), ...phones(text), ...cards(text)];
}

function mails(text: string): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    domain.lastIndex = at;
    if (!domain.test(text)) continue;
    let start = at;
    while (at - start < longestLocal && start > 0 && localCharacter.test(text.charAt(start - 1))) start--;
    if (start < at) found.push({ kind: 'mail', start, end: domain.lastIndex });
  }
  return found;
}

/** In the international form, or with its parts told apart: dates and other numbers have digits too. */
function phones(text: string): Found[] {
  return [...text.matchAll(phone)].flatMap(({ 0: number, index }): Found[] => {
    const digits = number.replace(/\D/g, '').length;
    const isWritten = number.startsWith('+') || /[ ()/-]/.test(number);
    return isWritten && digits >= 9 && digits <= 15
      ? [{ kind: 'phone', start: index, end: index + number.length }]
      : [];
  });
}

function cards(text: string): Found[] {
  return [...text.matchAll(card)].flatMap(({ 0: number, index }): Found[] =>
    hasLuhnSum(number) ? [{ kind: 'card', start: index, end: index + number.length }] : [],
  );
}

/** The check sum of card numbers (ISO/IEC 7812-1). */
function hasLuhnSum(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits.at(-1 - place));
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && new Set(digits).size > 1;
}
