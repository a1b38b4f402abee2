/** What the editor reports about a place. Lines and columns are 1-based. */
export interface ReportedProblem {
  path: string;
  line: number;
  column: number;
  severity: 'error' | 'warning' | 'information' | 'hint';
  message: string;
  /** Who has found it, and by which rule, such as `ts 2304`; may be empty. */
  source: string;
}

const order = ['error', 'warning', 'information', 'hint'];

/** More would bury the question. */
export const mostProblems = 200;

/** A line for each, the gravest first, then by file and line. */
export function problemsText(problems: readonly ReportedProblem[]): string {
  return problems
    .toSorted(
      (one, other) =>
        order.indexOf(one.severity) - order.indexOf(other.severity) ||
        one.path.localeCompare(other.path) ||
        one.line - other.line ||
        one.column - other.column,
    )
    .slice(0, mostProblems)
    .map(({ path, line, column, severity, message, source }) => {
      const who = source === '' ? '' : ` (${source})`;
      return `- ${path}:${line}:${column} ${severity}: ${message.replace(/\s*\n\s*/g, ' ')}${who}`;
    })
    .join('\n');
}
