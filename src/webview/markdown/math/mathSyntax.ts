import type { TokenizerExtensionFunction, TokenizerStartFunction } from 'marked';

/** A formula as it stands in the text, with its delimiters in `raw`. */
export interface MathToken {
  type: 'math';
  raw: string;
  /** What stands between the delimiters. */
  text: string;
  isDisplay: boolean;
  /** Still arriving: its end is not there yet. */
  isOpen: boolean;
}

/** Whether there can be a formula in `source` at all. */
export function mayHaveMath(source: string): boolean {
  return source.includes('$') || source.includes('\\(') || source.includes('\\[');
}

/** Longer ones are taken for text: a lone dollar sign must not search through a whole answer. */
const mostCharacters = 2_000;

/**
 * What counts as a formula at the very end though only its beginning is there: a block that begins with `$$` or `\[`,
 * or also one within the text, where what follows the sign can be nothing else.
 */
export type OpenMath = 'none' | 'block' | 'any';

/** Formulas as the lexer's extensions. */
export function mathExtensions(open: OpenMath) {
  const inline: TokenizerExtensionFunction = source =>
    inlineMath(source) ?? (open === 'any' ? openInlineMath(source) : undefined);
  const block: TokenizerExtensionFunction = function (source) {
    return blockMath(source) ?? (open !== 'none' && this.lexer.state.top ? openBlockMath(source) : undefined);
  };
  return { inline: [inline], block: [block], startInline: [startOfInlineMath], startBlock: [startOfBlockMath] };
}

const startOfInlineMath: TokenizerStartFunction = source => {
  // A dollar sign behind a letter or a digit is a currency or a variable.
  const index = source.search(/(?<![\w$\\])\$|\\[([]/);
  return index === -1 ? undefined : index;
};

const startOfBlockMath: TokenizerStartFunction = source => {
  // Asked for at every paragraph, whose end is the next blank line at the latest.
  const end = source.search(/\n[ \t]*\n/);
  const index = (end === -1 ? source : source.slice(0, end + 1)).search(/\n {0,3}(?:\$\$|\\\[)/);
  return index === -1 ? undefined : index + 1;
};

const blockForms = [
  /^ {0,3}\$\$((?:(?!\$\$|\n[ \t]*\n)[^])+?)\$\$[ \t]*(?:\n|$)/,
  /^ {0,3}\\\[((?:(?!\\\]|\n[ \t]*\n)[^])+?)\\\][ \t]*(?:\n|$)/,
];
const inlineForms: { form: RegExp; isDisplay: boolean }[] = [
  { form: /^\$\$(?!\$)((?:(?!\$\$|\n[ \t]*\n)[^])+?)\$\$/, isDisplay: true },
  { form: /^\\\[((?:(?!\\\]|\n[ \t]*\n)[^])+?)\\\]/, isDisplay: true },
  { form: /^\\\(((?:(?!\\\)|\n[ \t]*\n)[^])+?)\\\)/, isDisplay: false },
];

function blockMath(source: string): MathToken | undefined {
  for (const form of blockForms) {
    const [raw = '', text = ''] = form.exec(source.slice(0, mostCharacters)) ?? [];
    if (text.trim() !== '')
      return { type: 'math', raw: raw.trimEnd(), text: text.trim(), isDisplay: true, isOpen: false };
  }
  return undefined;
}

function openBlockMath(source: string): MathToken | undefined {
  const [raw, opening = ''] = /^ {0,3}(\$\$|\\\[)(?:(?!\n[ \t]*\n)[^])*$/.exec(source.slice(0, mostCharacters)) ?? [];
  if (raw?.length !== source.length) return undefined;
  return { type: 'math', raw, text: raw.trimStart().slice(opening.length), isDisplay: true, isOpen: true };
}

/** The formula that `source` begins with. */
export function inlineMath(source: string): MathToken | undefined {
  const first = source.charAt(0);
  if (first !== '$' && first !== '\\') return undefined;
  const near = source.slice(0, mostCharacters);
  for (const { form, isDisplay } of inlineForms) {
    const [raw = '', text = ''] = form.exec(near) ?? [];
    if (text.trim() !== '') return { type: 'math', raw, text: text.trim(), isDisplay, isOpen: false };
  }
  // Neither spaces inside of the signs, nor a digit or a name behind the second: `$5 and $10`, `$HOME/$USER`.
  const [raw = '', text = ''] =
    /^\$(?![\s$])((?:\\[^]|[^\\$`\n]|\n(?![ \t]*\n))+?)(?<!\s)\$(?![\w{($])/.exec(near) ?? [];
  if (text === '' || isPrice(text)) return undefined;
  return { type: 'math', raw, text, isDisplay: false, isOpen: false };
}

/** `$5 for one and 10$` is no formula: it begins with a number, goes on in words and has nothing of TeX in it. */
function isPrice(text: string): boolean {
  return /^[\d.,]+[\s)]/.test(text) && /[a-z]{2}/i.test(text) && !/[\\^_=]/.test(text);
}

/** The formula that `source` begins with and is. */
export function openInlineMath(source: string): MathToken | undefined {
  const form = /^(?:\\\(|\$(?![\s$\d])(?=[^$`]*[\\^_={]))((?:\\(?![)\]])[^]|[^\\$`])*\\?)$/;
  const [raw, text = ''] = form.exec(source.slice(0, mostCharacters)) ?? [];
  if (raw?.length !== source.length) return undefined;
  return { type: 'math', raw, text, isDisplay: false, isOpen: true };
}
