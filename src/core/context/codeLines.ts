/** How the lines of a text are indented. */
export interface Indentation {
  usesTabs: boolean;
  /** Columns of one level. */
  width: number;
}

/** A line as it is compared: what it says, and how deep it stands. */
export interface CodeLine {
  /** As it was written. */
  text: string;
  /** Without blanks at either end. */
  content: string;
  /** In levels of the text's own indentation; a comment's star stands between two. */
  level: number;
  /** How much it tells where code belongs: nothing where it is blank, little where it is only brackets. */
  weight: number;
  /** What it declares, such as the name of a function, or a class and its name. */
  declares: string | undefined;
  words: ReadonlyMap<string, number>;
}

export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

export function readCodeLines(lines: readonly string[], indentation: Indentation): CodeLine[] {
  return lines.map(line => {
    const content = line.trim();
    return {
      text: line,
      content,
      level: columnsOf(line, indentation.width) / indentation.width,
      weight: content === '' ? 0 : letters(content) < 3 ? 0.2 : 1,
      declares: declaredName(content),
      words: countWords(content),
    };
  });
}

/** The indentation that most lines agree with; `otherwise` where none is indented. */
export function indentationOf(lines: readonly string[], otherwise: Indentation): Indentation {
  const written = lines.filter(line => line.trim() !== '');
  if (written.filter(line => line.startsWith('\t')).length > written.filter(line => /^ {2}/.test(line)).length) {
    return { usesTabs: true, width: 4 };
  }
  const steps = new Map<number, number>();
  for (const [index, line] of written.entries()) {
    const step = columnsOf(line, 4) - columnsOf(written[index - 1] ?? '', 4);
    // One column is a comment's star; more than eight are lined up with something above.
    if (step > 1 && step <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const [most] = [...steps].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b);
  return most ? { usesTabs: false, width: most[0] } : otherwise;
}

/** A line of code moved by `levels` and indented as the text is in which it will stand. */
export function indented(line: CodeLine, levels: number, indentation: Indentation): string {
  if (line.content === '') return '';
  const columns = Math.max(0, Math.round((line.level + levels) * indentation.width));
  if (!indentation.usesTabs) return ' '.repeat(columns) + line.content;
  return '\t'.repeat(Math.floor(columns / indentation.width)) + ' '.repeat(columns % indentation.width) + line.content;
}

/** How alike two lines are, from 0 to 1, by the words that they share. Lines that declare different things are not. */
export function similarity(a: CodeLine, b: CodeLine): number {
  if (a.weight < 1 || b.weight < 1) return 0;
  if (a.declares !== undefined && b.declares !== undefined) return a.declares === b.declares ? 1 : 0;
  let shared = 0;
  for (const [word, count] of a.words) shared += Math.min(count, b.words.get(word) ?? 0);
  // `return a;` and `return {` share the one word that they have.
  return shared < 2 ? 0 : (2 * shared) / (sum(a.words) + sum(b.words));
}

/** Whether a line stands for code that was left out, such as `// ... existing code ...`. */
export function isElision(content: string): boolean {
  const comment = /^(?:\/\/|#|--|;|%|\/\*|\{\/\*|<!--|'{3}|"{3})\s*(.*?)\s*(?:\*\/\}?|-->)?$/.exec(content)?.[1];
  if (comment === undefined) return /^(?:\.\.\.|…|\[\.\.\.\]|\(\.\.\.\))$/.test(content);
  return /^(?:\.{3}|…)|(?:\.{3}|…)$/.test(comment) || elisionWords.test(comment);
}

const elisionWords =
  /^\W*(?:(?:the )?rest of (?:the |your |this )?\w+|(?:all )?(?:the )?(?:other )?existing (?:code|imports|methods?|functions?|fields|logic|content)|(?:unchanged|same as (?:before|above)|no changes?)(?: \w+)*|\w+ (?:remains?|stays?) (?:the same|unchanged)|既存の\S*|以下(?:同じ|省略)|\S*省略|\S*変更なし|其余\S*|其他\S*(?:不变|代码)|现有\S*|原有\S*|\S*不变)\W*$/i;

/** A line that only ends what was begun above it. */
export function isCloser(content: string): boolean {
  return /^(?:[)}\]]+[;,)\]}]*|end|fi|done|esac|<\/[\w.-]+>)$/.test(content);
}

export function isImport(content: string): boolean {
  return /^(?:import\b|from\s+\S+\s+import\b|#include\b|using\s+[\w.]+;|use\s+[\w:{}, ]+;|(?:const|let|var)\s.*=\s*require\()/.test(
    content,
  );
}

/** A comment or a decorator: what stands above a declaration and belongs to it. */
export function isPreamble(content: string): boolean {
  return /^(?:\/\/|\/\*|\*|#(?!include)|--|@\w|"""|''')/.test(content);
}

function columnsOf(line: string, tabWidth: number): number {
  let columns = 0;
  for (const character of line) {
    if (character === '\t') columns += tabWidth;
    else if (character === ' ') columns += 1;
    else break;
  }
  return columns;
}

function letters(content: string): number {
  return content.match(/[\p{L}\p{N}_]/gu)?.length ?? 0;
}

/** The same word in different places of a line counts as often as it stands there. */
function countWords(content: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of content.matchAll(/[\p{L}\p{N}_$]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function sum(words: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of words.values()) total += count;
  return total;
}

const declaration =
  /(?:^|\s)(function\*?|class|interface|type|enum|struct|trait|impl|module|namespace|def|func|fn|sub|const|let|var|val)\s+(?:\([^)]*\)\s*)?([\p{L}_$][\p{L}\p{N}_$]*)/u;
const method =
  /^(?:(?:public|private|protected|static|async|override|final|abstract|readonly|get|set|export|default)\s+)*(?:[\w<>[\],.]+\s+)?([\p{L}_$#][\p{L}\p{N}_$]*)\s*\([^;]*\)[^;=]*\{$/u;

function declaredName(content: string): string | undefined {
  const [, keyword = '', declared] = declaration.exec(content) ?? [];
  const name = declared ?? method.exec(content)?.[1];
  if (name === undefined || /^(?:if|for|while|switch|catch|return|with|do|else)$/.test(name)) return undefined;
  // A function may become a constant or a method; one of another language is another.
  return /^(?:function\*?|const|let|var|val|)$/.test(keyword) ? name : `${keyword} ${name}`;
}
