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
export function isNamed({ name, container, role }: SymbolHit, wanted: SymbolName): boolean {
  // Some write what a function takes behind its name.
  if (name.replace(/\(.*$/s, '') !== wanted.name) return false;
  if (wanted.container !== undefined) return lastPart(container) === wanted.container;
  return role === 'declaration' || (role === 'variable' && container === '');
}

function lastPart(container: string): string | undefined {
  return container.split(/\.|::|#|\s/).at(-1);
}
