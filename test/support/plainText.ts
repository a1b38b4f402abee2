import type { Translate } from '../../src/shared/translate.ts';

/** The sentences as they stand in the code. */
export const plain: Translate = (text, ...values) =>
  text.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)]));
