/** How the rows of a table are in order; undefined: as they were written. */
export type SortOrder = 'ascending' | 'descending' | undefined;

/**
 * The places of rows, from the first to be shown on, by what stands in one column. A column of numbers (with the same
 * unit in every cell, or none) is in order of these, any other as the language sorts words. Empty cells are last either
 * way, and equal ones stay as they were written.
 */
export function sortedRows(texts: readonly string[], order: SortOrder, language: string | undefined): number[] {
  const rows = texts.map((_, index) => index);
  if (order === undefined) return rows;
  const sign = order === 'ascending' ? 1 : -1;
  const numbers = numbersOf(texts);
  const collator = new Intl.Collator(language, { numeric: true });
  const compare = (a: number, b: number): number =>
    numbers ? (numbers[a] ?? 0) - (numbers[b] ?? 0) : collator.compare(texts[a] ?? '', texts[b] ?? '');
  const isEmpty = (row: number): boolean => (texts[row] ?? '').trim() === '';
  const [empty, full] = [rows.filter(isEmpty), rows.filter(row => !isEmpty(row))];
  return [...full.toSorted((a, b) => sign * compare(a, b)), ...empty];
}

/** The order after the reader has asked for it once more. */
export function nextOrder(order: SortOrder): SortOrder {
  if (order === undefined) return 'ascending';
  return order === 'ascending' ? 'descending' : undefined;
}

/** Undefined where one of the texts is no number. */
function numbersOf(texts: readonly string[]): number[] | undefined {
  const numbers: number[] = [];
  let unit: string | undefined;
  for (const text of texts) {
    const [, before = '', digits = '', after = ''] = number.exec(text.trim()) ?? [];
    if (text.trim() === '') numbers.push(0);
    else {
      const value = valueOf(digits.replaceAll(/[\s_\u2212]/g, character => (character === '\u2212' ? '-' : '')));
      unit ??= before + after;
      if (Number.isNaN(value) || before + after !== unit) return undefined;
      numbers.push(value);
    }
  }
  return numbers;
}

const number = /^([$€£¥~≈<>≤≥]?)\s*([-+\u2212]?\d[\d\s_,.]*(?:e[-+]?\d+)?)\s*([^\d]*)$/iu;

/** Commas part thousands, or are a decimal point where only one stands with other than three digits behind it. */
function valueOf(digits: string): number {
  if (digits === '') return NaN;
  if (/^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  return Number(digits.replace(/,(?=\d+$)/, '.'));
}
