import type { Family } from './languages.ts';

export interface Declaration {
  readonly kind: 'function' | 'class' | 'type';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly isAsync: boolean;
  /** Places in the lines that were given, the last one included. */
  readonly from: number;
  readonly to: number;
}

interface Pattern {
  readonly kind: Declaration['kind'];
  /** With the groups `name` and, for functions, the end at the opening parenthesis. */
  readonly pattern: RegExp;
}

const SCRIPT_MODIFIERS = '(?:public|private|protected|static|override|readonly|abstract|async|get|set)';
const JAVA_MODIFIERS =
  '(?:public|private|protected|static|final|abstract|synchronized|async|virtual|override|internal|sealed|default)';

const PATTERNS: Readonly<Record<Family, readonly Pattern[]>> = {
  script: [
    { kind: 'function', pattern: /\bfunction\s*\*?\s*(?<name>[\w$]+)\s*(?:<[^>]*>)?\s*\(/ },
    {
      kind: 'function',
      pattern:
        /\b(?:const|let|var)\s+(?<name>[\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:<[^>]*>)?\s*\((?=[^()]*(?:\([^()]*\)[^()]*)*\)\s*(?::[^=]+)?=>|[^)]*$)/,
    },
    {
      kind: 'function',
      pattern: new RegExp(
        `^\\s*(?:${SCRIPT_MODIFIERS}\\s+)*(?!(?:if|for|while|switch|catch|with|return|function|await|new|else|do)\\b)(?<name>#?[\\w$]+)\\s*(?:<[^>]*>)?\\s*\\((?=.*\\)\\s*(?::[^;={]+)?\\{)(?!.*\\bfunction\\b)`,
      ),
    },
    { kind: 'class', pattern: /\bclass\s+(?<name>[\w$]+)/ },
    { kind: 'type', pattern: /^\s*(?:export\s+)?(?:declare\s+)?(?:interface|type|enum)\s+(?<name>[\w$]+)/ },
  ],
  python: [
    { kind: 'function', pattern: /^\s*(?:async\s+)?def\s+(?<name>\w+)\s*\(/ },
    { kind: 'class', pattern: /^\s*class\s+(?<name>\w+)/ },
  ],
  go: [
    { kind: 'function', pattern: /^func\s+(?:\([^)]*\)\s*)?(?<name>\w+)\s*(?:\[[^\]]*\])?\s*\(/ },
    { kind: 'type', pattern: /^\s*type\s+(?<name>\w+)\s/ },
  ],
  java: [
    { kind: 'class', pattern: /\b(?:class|interface|enum|record|struct)\s+(?<name>\w+)/ },
    {
      kind: 'function',
      pattern: new RegExp(
        `^\\s*(?:${JAVA_MODIFIERS}\\s+)*(?!(?:return|new|else|throw|if|for|while|switch|catch|using|lock)\\b)(?:<[^>]+>\\s+)?[\\w.]+(?:<[^()]*>)?[\\[\\]?]*\\s+(?!(?:if|for|while|switch|catch)\\b)(?<name>\\w+)\\s*\\((?!.*;\\s*$)`,
      ),
    },
    { kind: 'function', pattern: /\bfun\s+(?:<[^>]*>\s*)?(?<name>\w+)\s*\(/ },
  ],
  c: [
    { kind: 'class', pattern: /^\s*(?:typedef\s+)?(?:class|struct|enum|union)\s+(?<name>\w+)\s*(?:[:{]|$)/ },
    {
      kind: 'function',
      pattern:
        /^\s*(?!(?:return|else|throw|typedef|#)\b)[\w:<>,*&]+(?:\s+[\w:<>,*&]+)*[\s*&]+(?!(?:if|for|while|switch|catch)\b)(?<name>[\w:~]+)\s*\((?!.*;\s*$)/,
    },
  ],
  rust: [
    { kind: 'function', pattern: /\bfn\s+(?<name>\w+)\s*(?:<[^>]*>)?\s*\(/ },
    { kind: 'type', pattern: /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|type)\s+(?<name>\w+)/ },
  ],
  other: [
    { kind: 'function', pattern: /\b(?:function|func|fn|def|sub|proc)\s+(?<name>[\w.]+)\s*\(/ },
    { kind: 'class', pattern: /^\s*(?:class|module|struct)\s+(?<name>\w+)/ },
  ],
};

/** What the masked lines declare, in their order. */
export function declarations(lines: readonly string[], family: Family): readonly Declaration[] {
  return lines.flatMap((line, from) => {
    const { kind, match } = firstMatch(line, family);
    const name = match?.groups?.['name'];
    if (kind === undefined || match === undefined || name === undefined) return [];
    const inside = kind === 'function' ? insideParentheses(lines, from, match.index + match[0].length) : '';
    const declaration: Declaration = {
      kind,
      name,
      parameters: splitParameters(inside)
        .map(parameter => parameterName(parameter, family))
        .filter(parameter => parameter !== ''),
      isAsync: /\basync\b/.test(line.slice(0, match.index + match[0].length)),
      from,
      to: family === 'python' ? endByIndent(lines, from) : endByBraces(lines, from),
    };
    return [declaration];
  });
}

function firstMatch(
  line: string,
  family: Family,
): { readonly kind?: Declaration['kind']; readonly match?: RegExpExecArray } {
  for (const { kind, pattern } of PATTERNS[family]) {
    const match = pattern.exec(line);
    if (match !== null) return { kind, match };
  }
  return {};
}

/** What stands from an opening parenthesis to its own closing one, over several lines if need be. */
function insideParentheses(lines: readonly string[], from: number, column: number): string {
  const text = [(lines[from] ?? '').slice(column), ...lines.slice(from + 1, from + 30)].join(' ');
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    if ('([{'.includes(text.charAt(at))) depth += 1;
    else if (')]}'.includes(text.charAt(at))) depth -= 1;
    if (depth === 0) return text.slice(0, at);
  }
  return '';
}

function splitParameters(text: string): readonly string[] {
  const parameters: string[] = [''];
  let depth = 0;
  for (const [at, character] of Array.from(text).entries()) {
    // The `>` of an arrow closes nothing.
    if ('([{<'.includes(character)) depth += 1;
    else if (')]}'.includes(character) || (character === '>' && text.charAt(at - 1) !== '=')) depth -= 1;
    if (character === ',' && depth === 0) parameters.push('');
    else parameters[parameters.length - 1] = `${parameters.at(-1) ?? ''}${character}`;
  }
  return parameters.map(parameter => parameter.trim()).filter(parameter => parameter !== '');
}

function parameterName(parameter: string, family: Family): string {
  // A destructured parameter has no name of its own; its pattern says more than one would.
  const destructured = /^(?:\{[^}]*\}|\[[^\]]*\])/.exec(parameter)?.[0];
  if (destructured !== undefined) return destructured.replaceAll(/\s+/g, ' ');
  const bare = parameter.replace(/\s*=[^>].*$/s, '').trim();
  switch (family) {
    case 'java':
    case 'c':
      // Kotlin writes the name first.
      return (/^(\w+)\s*:/.exec(bare) ?? /([\w]+)\s*(?:\[\s*\])*$/.exec(bare))?.[1] ?? '';
    case 'go':
      return /^\w+/.exec(bare)?.[0] ?? '';
    case 'rust':
      return /self\b/.test(bare) ? 'self' : (/^(?:mut\s+)?(\w+)\s*:/.exec(bare)?.[1] ?? '');
    case 'script':
    case 'python':
    case 'other':
      return bare
        .replace(/^(?:(?:public|private|protected|readonly)\s+)+/, '')
        .replace(/\??\s*:.*$/s, '')
        .trim();
  }
}

function endByIndent(lines: readonly string[], from: number): number {
  const depth = indentOf(lines[from] ?? '');
  let end = from;
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    // The closing parenthesis of a long parameter list stands at the depth of the definition.
    if (indentOf(line) <= depth && !/^\s*[)\]]/.test(line)) break;
    end = at;
  }
  return end;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function endByBraces(lines: readonly string[], from: number): number {
  let depth = 0;
  let opened = false;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    // Braces of a destructured parameter or an inline type close again on their own.
    for (const character of line) {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
    }
    opened ||= line.includes('{');
    if (opened && depth <= 0) return at;
    if (!opened && (/;\s*$/.test(line) || at - from > 12)) return from === at ? from : at;
  }
  return lines.length - 1;
}
