import { parsePath, findPaths, findPathsInCode } from '../../shared/pathMentions.ts';
import { splitLines } from './codeLines.ts';

/** What an answer says of the file that a block of code is for. */
export interface CodeTarget {
  /** Paths that it may be, those that say it best first. */
  paths: string[];
  /** Whether the first of them is said to be the file, not only named near the code. */
  isSure: boolean;
  /** The code without the line that only names the file. */
  code: string;
  language: string;
}

/** The file of a block of code: by the fence's own line, else by a comment that begins it, else by the line above. */
export function codeTarget(code: string, info: string, lineBefore: string): CodeTarget {
  const language = /^[^\s{,:=]+/.exec(info)?.[0] ?? '';
  const inInfo = pathInInfo(info);
  const comment = pathInComment(code);
  const rest = comment === undefined ? code : code.slice(code.indexOf('\n') + 1);
  const above = pathsAbove(lineBefore);
  const sure = [inInfo, comment].filter(path => path !== undefined);
  const paths = [...new Set([...sure, ...above])];
  return { paths, isSure: sure.length > 0, code: rest, language: parsePath(language) ? '' : language };
}

/** `ts src/a.ts`, `ts:src/a.ts`, `src/a.ts`, `12:20:src/a.ts`, `ts title="src/a.ts"`, `{file: src/a.ts}` */
function pathInInfo(info: string): string | undefined {
  const named = /(?:title|file(?:name|path)?|path|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s,}]+))/i.exec(info);
  const quoted = named?.[1] ?? named?.[2] ?? named?.[3];
  if (quoted !== undefined) return parsePath(quoted)?.path;
  for (const word of info.split(/[\s,]+/)) {
    const path = parsePath(word.replace(/^(?:\d+:\d+:|[A-Za-z+#]{2,}:(?![\\/]))/, ''));
    if (path) return path.path;
  }
  return undefined;
}

/** A first line that says nothing but a path, such as `// src/a.ts` or `# File: src/a.py`. */
function pathInComment(code: string): string | undefined {
  const [first = '', ...others] = splitLines(code);
  if (others.length === 0) return undefined;
  const comment =
    /^\s*(?:\/\/|#(?!!)|--|;|%|\/\*|<!--)\s*(?:(?:file(?:name)?|path)\s*:\s*)?(\S+?)\s*(?:\*\/|-->)?\s*$/i.exec(first);
  return comment?.[1] === undefined ? undefined : parsePath(comment[1])?.path;
}

function pathsAbove(line: string): string[] {
  const code = [...line.matchAll(/`([^`]+)`/g)].flatMap(([, inside]) => findPathsInCode(inside ?? ''));
  return [...code, ...findPaths(line)].map(({ path }) => path);
}
