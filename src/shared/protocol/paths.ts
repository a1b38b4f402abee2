import { longestPath, mostPathsAtOnce } from '../pathLimits.ts';
import type { PlaceInFile } from '../pathMentions.ts';
import { mostSymbolsAtOnce, parseSymbol } from '../symbolNames.ts';
import { flag, integer, type MessageReaders, optional, refused, text } from './readers.ts';

/** Where a text of the conversation leads. */
export type PathMessage =
  | { type: 'openLink'; href: string }
  /** Open a path that an answer names, in the editor or beside it. The host looks for it again. */
  | { type: 'openPath'; path: string; place?: PlaceInFile; isBeside?: boolean }
  /** The same for the name of a symbol. */
  | { type: 'openSymbol'; name: string; isBeside?: boolean }
  /** `line` is 1-based. `uri` was given to the view by the host; the host opens only what the conversation names. */
  | { type: 'openLocation'; uri: string; line: number };

export const pathReaders: MessageReaders<PathMessage> = {
  openLink: { href: text },
  openPath: { path, place: optional(place), isBeside: optional(flag) },
  openSymbol: { name: symbolName, isBeside: optional(flag) },
  openLocation: { uri: text, line: integer },
};

export type PathRequest =
  /** Paths that an answer names: which of them are there? */
  | { type: 'resolvePaths'; paths: string[] }
  /** What stands at the place that a path leads to. */
  | { type: 'peekPath'; path: string; place?: PlaceInFile }
  /** The same for names of symbols. */
  | { type: 'resolveSymbols'; names: string[] }
  | { type: 'peekSymbol'; name: string };

export const pathRequestReaders: MessageReaders<PathRequest> = {
  resolvePaths: { paths },
  peekPath: { path, place: optional(place) },
  resolveSymbols: { names },
  peekSymbol: { name: symbolName },
};

/** Some lines of a file. */
export interface PathPeek {
  /** In the workspace. */
  path: string;
  /** 1-based. */
  startLine: number;
  code: string;
  /** By the file's ending; empty where it has none. */
  language: string;
}

export interface PathReplies {
  /** Those that are files which can be opened. */
  resolvePaths: string[];
  /** Null where there is no such file or line, or no text. */
  peekPath: PathPeek | null;
  /** Those that there are. */
  resolveSymbols: string[];
  /** Null where there are several of the name. */
  peekSymbol: PathPeek | null;
}

/** As many as may be asked for at once, without what is no path. */
function paths(value: unknown): string[] | typeof refused {
  const short = Array.isArray(value) ? value.filter(isShortPath) : [];
  return short.length === 0 ? refused : short.slice(0, mostPathsAtOnce);
}

function names(value: unknown): string[] | typeof refused {
  const known = Array.isArray(value) ? value.filter(isSymbolName) : [];
  return known.length === 0 ? refused : known.slice(0, mostSymbolsAtOnce);
}

function symbolName(value: unknown): string | typeof refused {
  return isSymbolName(value) ? value : refused;
}

function isSymbolName(value: unknown): value is string {
  return typeof value === 'string' && parseSymbol(value) !== undefined;
}

function path(value: unknown): string | typeof refused {
  return isShortPath(value) ? value : refused;
}

function isShortPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestPath;
}

function place(value: unknown): PlaceInFile | typeof refused {
  if (typeof value !== 'object' || value === null) return refused;
  const { line, column, endLine } = value as Partial<Record<keyof PlaceInFile, unknown>>;
  if (!isCount(line)) return refused;
  return { line, ...(isCount(column) && { column }), ...(isCount(endLine) && { endLine }) };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
