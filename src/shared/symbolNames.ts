/** The name of a symbol in code, such as `Basket.total`. Whether there is one of that name is for the host to say. */
export interface SymbolName {
  name: string;
  /** What it stands in. */
  container?: string;
}

/** How many names the host looks for at once, and how long each may be. */
export const mostSymbolsAtOnce = 40;
const longestSymbol = 120;

const identifier = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
/** The last is PHP’s. */
const separator = String.raw`(?:\.|::|#|\\)`;
const symbol = new RegExp(
  String.raw`^(?:(?:${identifier}${separator})*(?<container>${identifier})${separator})?(?<name>${identifier}[?!]?)(?:\(\))?$`,
  'u',
);
/** What stands in these has a name only where it is written. */
const nowhere = new Set(['this', 'self', 'super']);

/** A piece of code that is one name and nothing else, of a call too; shorter ones mean anything. */
export function parseSymbol(code: string): SymbolName | undefined {
  const { name = '', container } = (code.length <= longestSymbol && symbol.exec(code)?.groups) || {};
  if (container === undefined) return name.length < 3 ? undefined : { name };
  return name === '' || nowhere.has(container) ? undefined : { name, container };
}
