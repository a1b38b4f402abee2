/**
 * A table's source in which bars within code no longer end cells: escaped, as the protocol of tables wants it and as
 * models forget. A row is changed only where it has as many cells as the table only then: a stray backtick is no code.
 */
export function withCodeBarsEscaped(table: string): string {
  if (!table.includes('`')) return table;
  const lines = table.split('\n');
  const columns = cellsIn(lines[1] ?? '');
  return lines
    .map(line => {
      if (!line.includes('`') || cellsIn(line) === columns) return line;
      const escaped = line.replace(codeSpan, code => code.replace(/(?<!\\)\|/g, '\\|'));
      return cellsIn(escaped) === columns ? escaped : line;
    })
    .join('\n');
}

/** From its backticks to as many of them; no search begins twice at the same place. */
const codeSpan = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;

function cellsIn(row: string): number {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).length;
}
