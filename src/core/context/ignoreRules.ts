/** One line of a `.gitignore`. */
interface Rule {
  matches: RegExp;
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
      const relative = folder === '' ? path : path.slice(folder.length + 1);
      const rule = this.#byFolder
        .get(folder)
        ?.findLast(({ matches, isFolderOnly }) => (isFolder || !isFolderOnly) && matches.test(relative));
      if (rule) return !rule.isNegated;
      if (folder === '') return false;
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function readRule(line: string): Rule[] {
  // Spaces at the end count only where they are escaped.
  const written = line.replace(/(?<!\\)[ \t]+$/, '');
  if (written === '' || written.startsWith('#')) return [];
  const isNegated = written.startsWith('!');
  const pattern = isNegated ? written.slice(1) : written;
  const isFolderOnly = pattern.endsWith('/');
  const body = pattern.replace(/\/$/, '');
  if (body === '') return [];
  const isAnchored = body.includes('/');
  const source = toSource(body.replace(/^\//, ''));
  try {
    return [{ matches: new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${source}$`, 'u'), isFolderOnly, isNegated }];
  } catch {
    // A class of characters that is none; git lets such a line match nothing.
    return [];
  }
}

function toSource(pattern: string): string {
  return pattern.replace(
    /\\(.)|^\*\*\/|\/\*\*\/|\/\*\*$|\*+|\?|\[(!|\^)?((?:\\.|[^\]\\])+)\]|[.+^$()|{}[\]/\\]/gu,
    (found: string, escaped?: string, not?: string, members?: string) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^$()|{}[\]/\\]/, '\\$&');
      if (members !== undefined) return `(?!/)[${not === undefined ? '' : '^'}${members.replace(/\[/g, '\\[')}]`;
      if (found === '**/') return '(?:.*/)?';
      if (found === '/**/') return '/(?:.*/)?';
      if (found === '/**') return '/.+';
      if (found.startsWith('*')) return '[^/]*';
      if (found === '?') return '[^/]';
      return `\\${found}`;
    },
  );
}
