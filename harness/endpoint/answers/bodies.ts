import type { Declaration } from './declarations.ts';
import type { Family } from './languages.ts';
import { type Statement, statementsOf } from './statements.ts';

/** The statements of a function; `masks` are the lines without strings and comments. */
export function bodyOf(
  { from, to }: Declaration,
  texts: readonly string[],
  masks: readonly string[],
  family: Family,
): readonly Statement[] {
  const opening = family === 'python' ? /:\s*$/ : /\{\s*$/;
  const begins = masks.findIndex((line, at) => at >= from && at <= to && opening.test(line));
  if (begins === -1 || begins === to) return onOneLine(texts[from] ?? '', family);
  const end = family === 'python' ? to + 1 : to;
  return statementsOf(texts.slice(begins + 1, end), masks.slice(begins + 1, end));
}

function onOneLine(text: string, family: Family): readonly Statement[] {
  const value = /=>\s*(?!\{)(.+?);?\s*$/.exec(text)?.[1];
  if (value !== undefined) return [{ text: `return ${value}`, inner: [] }];
  const body = (family === 'python' ? /\)[^:]*:\s*(\S.*)$/ : /\{\s*(\S.*?);?\s*\}\s*;?$/).exec(text)?.[1];
  return body === undefined ? [] : [{ text: body, inner: [] }];
}

/** The first sentence of the comment above a declaration, or of Python's below it. */
export function commentOf({ from }: Declaration, texts: readonly string[], family: Family): string {
  const docstring =
    family === 'python' ? /^\s*(?:"""|''')(.+?)(?:"""|'''|$)/.exec(texts[from + 1] ?? '')?.[1] : undefined;
  if (docstring !== undefined) return firstSentence(docstring);
  let at = from - 1;
  const comment = /^\s*(?:\/\*\*?|\*\/?|\/\/+|#(?!include|!))(?=\s|$|\/)(.*)$/;
  const lines: string[] = [];
  for (let found = comment.exec(texts[at] ?? ''); found; found = comment.exec(texts[--at] ?? '')) {
    lines.unshift((found[1] ?? '').replace(/\*\/\s*$/, '').trim());
  }
  return firstSentence(lines.join(' '));
}

function firstSentence(text: string): string {
  return /^.*?[.。!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim();
}

/** Names of what a type or a class holds: its fields, and the functions among all that is `declared`. */
export function membersOf(
  { from, to }: Declaration,
  masks: readonly string[],
  declared: readonly Declaration[],
): readonly string[] {
  const inner = masks.slice(from + 1, to);
  const indents = inner.filter(line => line.trim() !== '').map(line => line.search(/\S/));
  const least = Math.min(...indents);
  return inner.flatMap((line, at) => {
    if (line.search(/\S/) !== least) return [];
    const method = declared.find(other => other.from === from + 1 + at);
    const name = method?.name ?? field.exec(line)?.[1];
    return name === undefined ? [] : [name];
  });
}

const field =
  /^\s*(?:(?:pub|public|private|protected|readonly|static|final)\s+)*([\w$]+)\??\s*(?::|\(|=|\s[\w*[\]]+\s*;?$)/;
