/** `1 line`, `2 lines`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], and = ' and '): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(and === ' and ' ? ', ' : and)}${and}${last}`;
}

/** The same as code. */
export function ticked(items: readonly string[], and?: string): string {
  return listed(
    items.map(item => `\`${item}\``),
    and,
  );
}

/** On one line and no longer than so many characters. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
