import type { Declaration } from './declarations.ts';
import { declarations } from './declarations.ts';
import type { Family } from './languages.ts';
import { isTypeScript } from './languages.ts';
import { masked } from './masking.ts';
import type { SentCode } from './sent-code.ts';

/** A piece of code as the review rules look at it. */
export interface ReviewedCode {
  readonly path: string | undefined;
  readonly family: Family;
  readonly isTypeScript: boolean;
  readonly lines: readonly ReviewedLine[];
  readonly declared: readonly Declaration[];
}

export interface ReviewedLine {
  /** As it was sent, without the mark of a diff. */
  readonly text: string;
  /** Strings and comments blanked. */
  readonly masked: string;
  /** Only new lines are reviewed; the others of a diff are there to understand them. */
  readonly isNew: boolean;
  readonly at: number;
}

/** What a rule has found, in the terms of this file; the tool's schema decides what becomes of it. */
export interface Finding {
  readonly at: number;
  readonly severity: 'high' | 'medium' | 'low';
  readonly title: string;
  readonly explanation: string;
  /** Whole lines. */
  readonly quote: string;
  /** What the quoted lines should become, where that is beyond doubt. */
  readonly replacement?: string;
}

export function reviewedCode(code: SentCode): ReviewedCode {
  const maskedLines = masked(
    code.lines.map(line => line.text),
    code.family,
  );
  return {
    path: code.path,
    family: code.family,
    isTypeScript: isTypeScript(code.language),
    lines: code.lines.map((line, at) => ({ text: line.text, masked: maskedLines[at] ?? '', isNew: line.isNew, at })),
    declared: declarations(maskedLines, code.family),
  };
}

/** The innermost function around a line. */
export function functionAround(code: ReviewedCode, at: number): Declaration | undefined {
  return code.declared.findLast(({ kind, from, to }) => kind === 'function' && from <= at && at <= to);
}
