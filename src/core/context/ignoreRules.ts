/** Bytes of a `.gitignore`; of a longer one nothing is read: each of its lines would be compared with each path. */
export const mostIgnoreBytes = 64 * 1024;

/** Characters of a line: no path is longer. */
const longestLine = 4_096;

/** One line of a `.gitignore`. */
interface Rule {
  /** The parts of the path; undefined stands for any number of them. */
  parts: readonly (RegExp | undefined)[];
  isFolderOnly: boolean;
  isNegated: boolean;
}

/**
 * What the `.gitignore` files of a tree leave out, as git reads them: the last rule that fits decides, those of a
 * deeper folder come later, and nothing comes back below a folder that is left out.
 */
export class IgnoreRules {
  readonly #byFolder = new Map<string, Rule[]>();
  readonly #ignoredFolders = new Map<string, boolean>();

  /** Adds a file's text. `folder` is relative to the tree with `/` between the parts, or empty. */
  add(folder: string, text: string): void {
    this.#ignoredFolders.clear();
    this.#byFolder.set(folder, text.split(/\r?\n/).flatMap(readRule));
  }

  /** Whether a file is left out. */
  ignores(path: string): boolean {
    if (this.#byFolder.size === 0) return false;
    return this.#isFolderIgnored(parentOf(path)) || this.#isMatched(path, false);
  }

  /** The same of a folder: with all that is in it. */
  ignoresFolder(path: string): boolean {
    return this.#byFolder.size > 0 && this.#isFolderIgnored(path);
  }

  #isFolderIgnored(folder: string): boolean {
    if (folder === '') return false;
    const known = this.#ignoredFolders.get(folder);
    if (known !== undefined) return known;
    const isIgnored = this.#isFolderIgnored(parentOf(folder)) || this.#isMatched(folder, true);
    this.#ignoredFolders.set(folder, isIgnored);
    return isIgnored;
  }

  #isMatched(path: string, isFolder: boolean): boolean {
    for (let folder = parentOf(path); ; folder = parentOf(folder)) {
      const rules = this.#byFolder.get(folder);
      const names = rules && (folder === '' ? path : path.slice(folder.length + 1)).split('/');
      const rule = rules?.findLast(
        ({ parts, isFolderOnly }) => (isFolder || !isFolderOnly) && matches(parts, names ?? []),
      );
      if (rule) return !rule.isNegated;
      if (folder === '') return false;
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function readRule(line: string): Rule[] {
  const written = withoutBlanksAtEnd(line);
  if (written === '' || written.startsWith('#') || written.length > longestLine) return [];
  const isNegated = written.startsWith('!');
  const pattern = isNegated ? written.slice(1) : written;
  const isFolderOnly = pattern.endsWith('/');
  const body = pattern.replace(/\/$/, '');
  if (body === '') return [];
  const isAnchored = body.includes('/');
  try {
    const parts = body.replace(/^\//, '').split('/').map(readPart);
    // All that is in a folder, and not the folder.
    if (parts.length > 1 && !parts.at(-1)) parts.push(anyName);
    return [{ parts: isAnchored ? parts : [undefined, ...parts], isFolderOnly, isNegated }];
  } catch {
    // A class of characters that is none; git lets such a line match nothing.
    return [];
  }
}

/** Those at the end count only where they are escaped. */
function withoutBlanksAtEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, line[end - 1] === '\\' ? end + 1 : end);
}

const anyName = /^/;

/** What a part of a path has to be. */
function readPart(part: string): RegExp | undefined {
  if (part === '**') return undefined;
  const pieces = part.match(/\*+|(?:\\.|\[[!^]?(?:\\.|[^\]\\])+\]|[^*])+?(?=\*|$)/gsu) ?? [];
  let groups = 0;
  let source = '';
  pieces.forEach((piece, at) => {
    const isLast = at >= pieces.length - 1;
    if (piece.startsWith('*')) {
      if (isLast) source += '.*';
    } else if (at === 0) source += toSource(piece);
    else if (isLast) source += `.*${toSource(piece)}`;
    // The first place that fits is as good as any: nothing comes back to look for another, which would take for ever.
    else source += `(?=(.*?${toSource(piece)}))(?:\\${++groups})`;
  });
  return new RegExp(`^${source}$`, 'su');
}

function toSource(piece: string): string {
  return piece.replace(
    /\\(.)|\?|\[(!|\^)?((?:\\.|[^\]\\])+)\]|[.+^$()|{}[\]/\\]/gsu,
    (found: string, escaped?: string, not?: string, members?: string) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^$()|{}[\]/\\]/, '\\$&');
      if (members !== undefined) return `[${not === undefined ? '' : '^'}${members.replace(/\[/g, '\\[')}]`;
      return found === '?' ? '.' : `\\${found}`;
    },
  );
}

/** Whether the names are those of the pattern; where it goes on behind a `**`, the first place that fits is as good as any. */
function matches(parts: Rule['parts'], names: readonly string[]): boolean {
  let [part, name] = [0, 0];
  let again: { part: number; name: number } | undefined;
  while (name < names.length || part < parts.length) {
    if (part < parts.length && !parts[part]) {
      again = { part, name };
      part++;
    } else if (name < names.length && parts[part]?.test(names[name] ?? '')) {
      part++;
      name++;
    } else {
      if (!again || again.name >= names.length) return false;
      again.name++;
      part = again.part + 1;
      name = again.name;
    }
  }
  return true;
}
