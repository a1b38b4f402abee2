import type { SymbolName } from '../../shared/symbolNames.ts';

/** What a language reports under a name. */
export interface SymbolHit {
  name: string;
  /** May be empty. */
  container: string;
  /** A variable within a function, like a property, says little without what it stands in. */
  role: 'declaration' | 'variable' | 'member';
}

/** Whether it has just this name: languages report what sounds like it as well. */
export function isNamed(hit: SymbolHit, wanted: SymbolName): boolean {
  const { name, qualifier } = reportedName(hit.name);
  if (name !== wanted.name) return false;
  if (wanted.container !== undefined) {
    return (qualifier.at(-1) ?? containerParts(hit.container).at(-1)) === wanted.container;
  }
  if (hit.role !== 'variable') return hit.role === 'declaration';
  // The path of a package is nothing that a variable is hidden in.
  return qualifier.length === 0 && (hit.container === '' || hit.container.includes('/'));
}

/** A symbol of a document, as languages report it: one of a tree. */
interface Ranged {
  range: { start: Place; end: Place };
  /** Its name alone. */
  selectionRange: { start: Place; end: Place };
}

interface Place {
  line: number;
  character: number;
}

/**
 * The symbol that a language reports to be at a place, where that is no more than its name: the innermost one that is named
 * there, else the one that begins there. Names decide nothing, as a language may write them in another way in each of its lists.
 */
export function symbolAt<Symbol extends Ranged & { children: readonly Symbol[] }>(
  symbols: readonly Symbol[],
  at: Place,
): Symbol | undefined {
  const around = chainAround(symbols, at);
  return (
    around.findLast(({ selectionRange }) => holds(selectionRange, at)) ??
    around.findLast(({ range }) => compare(range.start, at) === 0)
  );
}

function chainAround<Symbol extends Ranged & { children: readonly Symbol[] }>(
  symbols: readonly Symbol[],
  at: Place,
): Symbol[] {
  const around = symbols.find(({ range }) => holds(range, at));
  return around ? [around, ...chainAround(around.children, at)] : [];
}

function holds({ start, end }: { start: Place; end: Place }, at: Place): boolean {
  return compare(start, at) <= 0 && compare(at, end) <= 0;
}

function compare(one: Place, other: Place): number {
  return one.line - other.line || one.character - other.character;
}

/** `Basket.Total`, `total(Order order)`, `Basket<T>`, `(*Basket).Total`, `Shop.Basket.total/1`: what it is called, and what it stands in. */
function reportedName(reported: string): { name: string; qualifier: string[] } {
  const bare = reported.replace(/(?<=.)[(<].*$/s, '').replace(/\/\d+$/, '');
  const parts = split(bare.startsWith('(') ? reported : bare);
  return { name: parts.at(-1) ?? '', qualifier: parts.slice(0, -1) };
}

/** `shop::Basket`, `App\Basket`, `example.com/shop`, `in Basket (project Shop)`. */
function containerParts(container: string): string[] {
  return split(container.replace(/\(.*$/s, ''));
}

function split(name: string): string[] {
  return name
    .split(/[.:#\\/\s]+/)
    .map(part => part.replace(/^[(*&"'~]+|[)"']+$/g, ''))
    .filter(part => part !== '');
}
