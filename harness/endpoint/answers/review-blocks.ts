import type { Finding, ReviewedCode, ReviewedLine } from './review-code.ts';
import { functionAround } from './review-code.ts';
import { replacedAt } from './review-rules.ts';

/** What can only be found by looking at several lines: swallowed errors and promises that nobody awaits. */
export function blockFindings(code: ReviewedCode): readonly Finding[] {
  return code.lines
    .filter(line => line.isNew)
    .flatMap(line => [swallowedError(line, code), lostPromise(line, code)].filter(found => found !== undefined));
}

function swallowedError(line: ReviewedLine, code: ReviewedCode): Finding | undefined {
  const quoted = code.family === 'python' ? exceptPass(line, code) : emptyCatch(line, code);
  if (quoted === undefined || quoted.some(each => !each.isNew)) return undefined;
  return {
    at: line.at,
    severity: 'high',
    title: 'An error disappears here',
    explanation:
      'Whatever goes wrong in this block is caught and nobody hears of it; the code after it goes on as if all were well. Handle the error, log it, or catch only the one that is expected.',
    quote: quoted.map(each => each.text).join('\n'),
  };
}

function exceptPass(line: ReviewedLine, code: ReviewedCode): readonly ReviewedLine[] | undefined {
  if (!/^\s*except\b.*:\s*(?:pass\s*)?$/.test(line.masked)) return undefined;
  if (/:\s*pass\s*$/.test(line.masked)) return [line];
  const next = code.lines[line.at + 1];
  return next !== undefined && /^\s*(?:pass|\.\.\.)\s*$/.test(next.masked) ? [line, next] : undefined;
}

/** From the line of the catch to the one of its closing brace; a comment inside is a reason, so it is let be. */
function emptyCatch(line: ReviewedLine, code: ReviewedCode): readonly ReviewedLine[] | undefined {
  if (!/\bcatch\b[^{]*\{\s*(?:\}|$)/.test(line.masked)) return undefined;
  const quoted = [line];
  const hasComment = (each: ReviewedLine): boolean => /\/\/|\/\*/.test(each.text);
  if (hasComment(line)) return undefined;
  if (/\bcatch\b[^{]*\{\s*\}/.test(line.masked)) return quoted;
  for (const next of code.lines.slice(line.at + 1)) {
    quoted.push(next);
    if (hasComment(next)) return undefined;
    if (/^\s*\}/.test(next.masked)) return quoted;
    if (next.text.trim() !== '') return undefined;
  }
  return undefined;
}

const TAKEN_CARE_OF = /\b(?:await|return|yield|void)\b|\.(?:then|catch|finally)\s*\(|\bPromise\s*\.|=>/;

function lostPromise(line: ReviewedLine, code: ReviewedCode): Finding | undefined {
  if (code.family !== 'script' || TAKEN_CARE_OF.test(line.masked)) return undefined;
  const names = ['fetch', ...code.declared.filter(each => each.isAsync).map(each => each.name)];
  const isDeclaration = code.declared.some(each => each.from === line.at);
  const call = new RegExp(
    `(?<![\\w$.])((?:[\\w$]+\\.)*(?:${names.map(name => name.replaceAll(/[$#]/g, '\\$&')).join('|')}))\\s*\\(`,
  ).exec(line.masked);
  if (call === null || isDeclaration || continuesElsewhere(line, code)) return undefined;
  const name = call[1] ?? '';
  const canAwait = functionAround(code, line.at)?.isAsync ?? false;
  return {
    at: line.at,
    severity: 'high',
    title: `Nobody waits for \`${name}\``,
    explanation: `\`${name}(…)\` gives a promise. Without \`await\` the code goes on before it is done, and if it fails the error is lost.`,
    quote: line.text,
    // Outside an async function `await` would be an error of its own.
    ...(canAwait ? { replacement: replacedAt(line.text, call.index, '', 'await ') } : {}),
  };
}

/** The promise is kept and awaited on another line, or the call goes on with `.then` on the next. */
function continuesElsewhere(line: ReviewedLine, code: ReviewedCode): boolean {
  const kept = /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=/.exec(line.masked)?.[1];
  const awaited =
    kept === undefined ? undefined : new RegExp(`\\b(?:await|return)\\s+${kept.replaceAll('$', '\\$')}\\b`);
  const followed = /^\s*\.(?:then|catch|finally)\s*\(/.test(code.lines[line.at + 1]?.masked ?? '');
  const begun = /(?:\b(?:await|return|yield)|=>|\[|\()\s*$/.test(code.lines[line.at - 1]?.masked ?? '');
  return followed || begun || (awaited !== undefined && code.lines.some(each => awaited.test(each.masked)));
}
