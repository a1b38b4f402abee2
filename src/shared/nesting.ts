/**
 * Levels of JSON that are taken: what is nested deeper than a stack can't be written again, so neither stored nor sent, and
 * SQLite reads no more than 1,000.
 */
const mostLevels = 500;

/** Whether parsed JSON is nested deeper than anything that is meant. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return true;
    level = level.flatMap(one => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
  }
  return false;
}

/**
 * Whether more than `most` brackets of a JSON text open deeper than anything that is meant. To parse such a text takes
 * ten times as long a character, all in one go; to look for it is nothing beside parsing.
 */
export function isTextTooDeep(text: string, most = 0): boolean {
  // Shorter ones have no room for so many.
  if (text.length <= mostLevels + most) return false;
  let depth = 0;
  let tooDeep = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBracket || code === openBrace) {
      depth++;
      if (depth > mostLevels && ++tooDeep > most) return true;
    } else if (code === closeBracket || code === closeBrace) depth--;
  }
  return false;
}

const quote = 34;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** The index of the quote that ends the string which begins at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); at < text.length && code !== quote; code = text.charCodeAt(at)) {
    at += code === backslash ? 2 : 1;
  }
  return at;
}
