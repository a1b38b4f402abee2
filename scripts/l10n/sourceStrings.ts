import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript-parser';

export interface SourceStrings {
  /** English text, which is the key of a translation, and the files that show it. */
  texts: Map<string, Set<string>>;
  /** Calls whose text cannot be known before they run, as `file:line: call`. */
  unreadable: string[];
}

/** Every string that the sources hand to `t(…)`, which is `vscode.l10n.t` on the host. */
export function sourceStrings(pattern = 'src/**/*.{ts,tsx}'): SourceStrings {
  const found: SourceStrings = { texts: new Map(), unreadable: [] };
  for (const file of globSync(pattern).sort()) collect(parse(file, readFileSync(file, 'utf8')), found);
  return found;
}

/** All sources are gone through several times in a process, and parsing them takes most of the time. */
const parsed = new Map<string, ts.SourceFile>();

export function parse(file: string, text: string): ts.SourceFile {
  const known = parsed.get(file);
  if (known?.text === text) return known;
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  parsed.set(file, source);
  return source;
}

export function collect(source: ts.SourceFile, { texts, unreadable }: SourceStrings): void {
  const visit = (node: ts.Node): void => {
    if (isTranslated(node)) {
      const literals = literalsOf(node.arguments[0]);
      if (literals === undefined) unreadable.push(`${lineOf(node)}: ${node.getText().slice(0, 100)}`);
      for (const text of literals ?? []) texts.set(text, (texts.get(text) ?? new Set()).add(source.fileName));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Whether a node is a call of `t`, `vscode.l10n.t` or another object's `t`. */
export function isTranslated(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression;
  return (
    (ts.isIdentifier(called) ? called : ts.isPropertyAccessExpression(called) ? called.name : undefined)?.text === 't'
  );
}

/** `src/a.ts:12`, of the node's first line. */
export function lineOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** The texts that an expression may be; undefined where one of them is computed. */
function literalsOf(node: ts.Expression | undefined): string[] | undefined {
  // A call that only hands values on, as `t(text, ...values)`, is written where `t` itself is made.
  if (node === undefined || ts.isSpreadElement(node)) return undefined;
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (!ts.isConditionalExpression(node)) return undefined;
  const [whenTrue, whenFalse] = [literalsOf(node.whenTrue), literalsOf(node.whenFalse)];
  return whenTrue && whenFalse && [...whenTrue, ...whenFalse];
}
