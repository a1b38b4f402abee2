/** A folder of the workspace; `path` is that of its URI, such as `/home/me/shop` or `/c:/shop`. */
export interface WorkspaceFolderPath {
  name: string;
  path: string;
}

/** A place inside of the folder with this index; `path` is relative to it, with slashes, and never leads out. */
export interface FolderPlace {
  folder: number;
  path: string;
}

/**
 * Where in the workspace a path may mean, the likeliest first. Nothing where it leads out of all folders: what a model
 * names is no way to the rest of the disk.
 */
export function placesInWorkspace(path: string, folders: readonly WorkspaceFolderPath[]): FolderPlace[] {
  const slashed = path.replaceAll('\\', '/');
  if (hasControlCharacter(slashed) || slashed.startsWith('~') || slashed.startsWith('//')) return [];
  const isWindows = folders.some(folder => /^\/[A-Za-z]:/.test(folder.path));
  if (
    isWindows &&
    slashed
      .replace(/^[A-Za-z]:(?=\/)/, '')
      .split('/')
      .some(meansAnotherFile)
  )
    return [];
  const isDrive = /^[A-Za-z]:\//.test(slashed);
  if (isDrive || slashed.startsWith('/')) return absolutePlaces(isDrive ? `/${slashed}` : slashed, folders);
  const segments = normalized(slashed);
  if (segments === undefined) return [];
  const relative = folders.map((_, folder) => ({ folder, path: segments.join('/') }));
  // As paths are shown where a workspace has several folders.
  const named = folders.flatMap(({ name }, folder) =>
    name === segments[0] && segments.length > 1 ? [{ folder, path: segments.slice(1).join('/') }] : [],
  );
  return [...named, ...relative];
}

/**
 * What the path of a file has to end with for `path` to mean it, where the path itself leads to nothing: models leave
 * out the first folders. Undefined for what can't be searched for.
 */
export function pathEnding(path: string): string | undefined {
  const slashed = path.replaceAll('\\', '/');
  if (/^(?:[A-Za-z]:)?\/|^~/.test(slashed) || /[*?[\]{}!,]/.test(slashed) || hasControlCharacter(slashed)) {
    return undefined;
  }
  return normalized(slashed)?.join('/');
}

/** Device names and terminals can be addressed by such; no file of a workspace has them. */
function hasControlCharacter(path: string): boolean {
  return /\p{Cc}/u.test(path);
}

/** On Windows: a stream of a file, a device, or a name that loses its end, and so gets past what is known of names. */
function meansAnotherFile(segment: string): boolean {
  if (segment === '.' || segment === '..') return false;
  return /:|[. ]$|^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?:\.|$)/i.test(segment);
}

function absolutePlaces(path: string, folders: readonly WorkspaceFolderPath[]): FolderPlace[] {
  const segments = normalized(path);
  if (segments === undefined) return [];
  return folders.flatMap((folder, index) => {
    const outer = folder.path.split('/').filter(segment => segment !== '');
    const isInside = outer.every((segment, at) => isSame(segment, segments[at], outer[0]));
    return isInside && segments.length > outer.length
      ? [{ folder: index, path: segments.slice(outer.length).join('/') }]
      : [];
  });
}

/** File names of Windows are the same in either case; those with a drive in front are Windows'. */
function isSame(segment: string, other: string | undefined, first: string | undefined): boolean {
  return first?.endsWith(':') === true ? segment.toLowerCase() === other?.toLowerCase() : segment === other;
}

/** The segments without `.` and `..`; undefined where the path leads out, or nowhere. */
function normalized(path: string): string[] | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.length === 0 ? undefined : segments;
}
