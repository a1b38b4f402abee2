import { bodyOf, commentOf, membersOf } from './bodies.ts';
import type { Declaration } from './declarations.ts';
import { declarations } from './declarations.ts';
import type { Family } from './languages.ts';
import { masked } from './masking.ts';
import type { SentCode } from './sent-code.ts';
import type { Statement } from './statements.ts';

/** What really stands in a piece of code. Lines are numbered as in its file. */
export interface CodeFacts {
  readonly lineCount: number;
  readonly imports: readonly string[];
  readonly declared: readonly Declared[];
  readonly calls: readonly string[];
}

export interface Declared extends Declaration {
  readonly fromLine: number;
  readonly toLine: number;
  /** The first sentence of the comment that belongs to it; empty where there is none. */
  readonly comment: string;
  /** Of a function: what it does, in order. */
  readonly statements: readonly Statement[];
  /** Of a type or a class: what it holds. */
  readonly members: readonly string[];
  readonly calls: readonly string[];
}

const NO_CALLS = new Set(
  'if for while switch catch return function def func fn elif with except assert and or not in is new typeof await async super constructor sizeof match when using lock class import'.split(
    ' ',
  ),
);

export function codeFacts(code: SentCode): CodeFacts {
  const texts = code.lines.map(line => line.text);
  const lines = masked(texts, code.family);
  const numberAt = (at: number): number => code.lines[at]?.number ?? at + 1;
  const found = declarations(lines, code.family);
  const names = new Set(found.map(declaration => declaration.name));
  return {
    lineCount: lines.length,
    imports: importsOf(texts, code.family),
    declared: found.map(declaration => ({
      ...declaration,
      fromLine: numberAt(declaration.from),
      toLine: numberAt(declaration.to),
      comment: commentOf(declaration, texts, code.family),
      statements: declaration.kind === 'function' ? bodyOf(declaration, texts, lines, code.family) : [],
      members: declaration.kind === 'function' ? [] : membersOf(declaration, lines, found),
      calls: callsIn(lines.slice(declaration.from, declaration.to + 1)).filter(call => call !== declaration.name),
    })),
    calls: callsIn(lines).filter(call => !names.has(call)),
  };
}

/** Declares a C function without its body; anywhere else it would be a call. */
const PROTOTYPE =
  /^\s*(?:static|extern|inline|const|void|int|char|float|double|long|unsigned|size_t|bool|struct)\b[\w\s*]*\([^)]*\)\s*;\s*$/;

function callsIn(lines: readonly string[]): readonly string[] {
  const calls = new Set<string>();
  for (const line of lines) {
    if (PROTOTYPE.test(line)) continue;
    // A name after `function` and the like is declared there, not called.
    for (const match of line.matchAll(
      /(?<!\b(?:function|def|func|fn|fun)\s*\*?\s*)(?<![\w$.])([A-Za-z_$][\w$.]*)\s*\(/g,
    )) {
      const name = match[1] ?? '';
      if (!NO_CALLS.has(name)) calls.add(name);
    }
  }
  return [...calls];
}

const IMPORTS: Readonly<Record<Family, RegExp>> = {
  script: /^\s*(?:import|export)\b[^'"]*['"]([^'"]+)['"]|\brequire\(\s*['"]([^'"]+)['"]/,
  python: /^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w., ]+))/,
  go: /^\s*import\s+(?:\w+\s+)?"([^"]+)"|^\s+(?:[\w.]+\s+)?"([\w./-]+)"\s*$/,
  java: /^\s*(?:import|using)\s+(?:static\s+)?([\w.*]+)\s*;?\s*$/,
  c: /^\s*#\s*include\s*[<"]([^>"]+)[>"]/,
  rust: /^\s*(?:pub\s+)?use\s+([\w:]+)/,
  other: /^\s*(?:import|require|use|include)\s+['"]?([\w./:-]+)/,
};

function importsOf(texts: readonly string[], family: Family): readonly string[] {
  const imports = texts.flatMap(text => {
    const match = IMPORTS[family].exec(text);
    const name = match?.[1] ?? match?.[2];
    return name === undefined ? [] : [name.trim()];
  });
  return [...new Set(imports)];
}
