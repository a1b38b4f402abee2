import type { Finding, ReviewedCode, ReviewedLine } from './review-code.ts';

/** What one look at one line may find. */
type LineRule = (line: ReviewedLine, code: ReviewedCode) => Omit<Finding, 'at' | 'quote'> | undefined;

/** Everything the rules find in the new lines that can be said about one line alone. */
export function lineFindings(code: ReviewedCode): readonly Finding[] {
  return code.lines
    .filter(line => line.isNew)
    .flatMap(line =>
      RULES.flatMap(rule => {
        const found = rule(line, code);
        return found === undefined ? [] : [{ at: line.at, quote: line.text, ...found }];
      }),
    );
}

const looseEquality: LineRule = ({ text, masked }, { family }) => {
  if (family !== 'script') return undefined;
  // `== null` is the usual way to ask for null and undefined at once.
  const match = /(?<![=!<>])(==|!=)(?!=)(?!\s*null\b)/.exec(masked);
  if (match === null) return undefined;
  const strict = `${match[0]}=`;
  return {
    severity: 'medium',
    title: `Use ${strict} instead of ${match[0]}`,
    explanation: `\`${match[0]}\` converts its operands before it compares them, so that for example \`0 == ''\` is true. \`${strict}\` compares without converting.`,
    replacement: replacedAt(text, match.index, match[0], strict),
  };
};

const evalCall: LineRule = ({ masked }, { family }) => {
  if ((family !== 'script' && family !== 'python') || !/(?<![\w.$])eval\s*\(/.test(masked)) return undefined;
  return {
    severity: 'high',
    title: 'eval runs any code that it is given',
    explanation:
      'Whoever can influence the string that `eval` receives can run code with the rights of this program. Parse the value, or look the function up in a table of the allowed ones.',
  };
};

const SECRET =
  /\b([\w$]*(?:password|passwd|secret|token|api_?key|private_?key)[\w$]*)["']?\s*(?::=|[:=])\s*(?:[\w<>.]+\s*=\s*)?(["'`])((?!https?:|\/)(?:(?!\2)[^\s$<{]){6,})\2/i;

const hardCodedSecret: LineRule = ({ text }, { family }) => {
  const match = SECRET.exec(text);
  if (match === null) return undefined;
  const name = match[1] ?? '';
  const literal = `${match[2] ?? ''}${match[3] ?? ''}${match[2] ?? ''}`;
  const variable = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  const read =
    family === 'script' ? `process.env.${variable}` : family === 'python' ? `os.environ["${variable}"]` : undefined;
  return {
    severity: 'high',
    title: `\`${name}\` is a secret in the source`,
    explanation:
      'A secret in the source reaches everyone who can read the repository, and stays in its history. Read it from the environment or a secret store, and replace the value that has been exposed.',
    ...(read === undefined ? {} : { replacement: text.replace(literal, () => read) }),
  };
};

const variable: LineRule = ({ text, masked }, { family, lines }) => {
  const match = family === 'script' ? /^(\s*(?:export\s+|for\s*\(\s*)?)var\s+([\w$]+)/.exec(masked) : null;
  if (match === null) return undefined;
  const name = (match[2] ?? '').replaceAll('$', '\\$');
  const assigned = new RegExp(
    `(?<![\\w$.])${name}\\s*(?:[-+*/%&|^]|\\*\\*|<<|>>|\\?\\?|&&|\\|\\|)?=(?!=)|${name}\\s*(?:\\+\\+|--)`,
  );
  const times = lines.filter(line => assigned.test(line.masked)).length;
  const isLoop = /for\s*\(/.test(masked);
  const keyword = isLoop || times > 1 || !assigned.test(masked) ? 'let' : 'const';
  return {
    severity: 'low',
    title: `Use ${keyword} instead of var`,
    explanation: `\`var\` belongs to the whole function and can be used before its line. \`${keyword}\` belongs to its block.`,
    replacement: replacedAt(text, (match[1] ?? '').length, 'var', keyword),
  };
};

const anyType: LineRule = ({ text, masked }, { isTypeScript }) => {
  const match = isTypeScript ? /(:\s*|\bas\s+|<)any\b/.exec(masked) : null;
  if (match === null) return undefined;
  const isAnnotation = (match[1] ?? '').startsWith(':');
  return {
    severity: 'medium',
    title: '`any` turns the type checks off',
    explanation:
      'Everything may be done with a value of type `any`, and the compiler says nothing. `unknown` accepts the same values and asks for a check before they are used.',
    ...(isAnnotation ? { replacement: replacedAt(text, match.index + (match[1] ?? '').length, 'any', 'unknown') } : {}),
  };
};

const sqlConcatenation: LineRule = ({ text }) => {
  const statement = /["'`fF]\s*(?:SELECT\b.+\bFROM|INSERT\s+INTO|UPDATE\b.+\bSET|DELETE\s+FROM)\b/i.exec(text);
  if (statement === null) return undefined;
  const rest = text.slice(statement.index);
  const isBuilt =
    /["'`]\s*(?:\+|\.|%|\.\.)\s*[\w$(]/.test(rest) ||
    /`[^`]*\$\{/.test(rest) ||
    /\bf(["']).*\{/.test(text) ||
    /["']\s*\.format\(/.test(rest) ||
    /(?:Sprintf|String\.format)\s*\(/.test(text);
  if (!isBuilt) return undefined;
  return {
    severity: 'high',
    title: 'SQL is built from parts',
    explanation:
      'A value that is put into the statement as text can end the string and add a statement of its own. Leave a placeholder in the SQL and hand the values over as parameters.',
  };
};

const consoleLog: LineRule = ({ masked }, { family }) => {
  if (family !== 'script' || !/\bconsole\.(?:log|debug)\s*\(/.test(masked)) return undefined;
  return {
    severity: 'low',
    title: 'console.log is left in the code',
    explanation:
      'Output that helped while this was written is noise, and may show data, where it runs later. Remove it or use the log of the project.',
  };
};

const todo: LineRule = ({ text, masked }) => {
  const match = /\b(TODO|FIXME|XXX)\b:?\s*(.*)$/.exec(text);
  // Names may contain the word; a note stands in a comment.
  if (match === null || masked.slice(match.index).startsWith(match[1] ?? '')) return undefined;
  return {
    severity: 'low',
    title: `${match[1] ?? 'TODO'} is still open`,
    explanation: `The comment says that something is missing here: “${(match[2] ?? '').trim()}”. Do it now, or move it to where open work is tracked.`,
  };
};

const noneComparison: LineRule = ({ text, masked }, { family }) => {
  const match = family === 'python' ? /(==|!=)\s*None\b/.exec(masked) : null;
  if (match === null) return undefined;
  const right = match[1] === '==' ? 'is None' : 'is not None';
  return {
    severity: 'low',
    title: `Use \`${right}\``,
    explanation: 'There is one `None`, and a class may define `==` as it likes: compare with `is`.',
    replacement: replacedAt(text, match.index, match[0], right),
  };
};

const RULES: readonly LineRule[] = [
  looseEquality,
  evalCall,
  hardCodedSecret,
  variable,
  anyType,
  sqlConcatenation,
  consoleLog,
  todo,
  noneComparison,
];

export function replacedAt(text: string, at: number, old: string, by: string): string {
  return text.slice(0, at) + by + text.slice(at + old.length);
}
