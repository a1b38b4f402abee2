/**
 * A path as Git’s bash names it, in Windows’ own words: it has drives as folders of its root, such as `/c/work`. Its other folders,
 * such as `/usr`, stay as they are: they are its own.
 */
export function windowsPath(path: string): string {
  return path.replace(/^\/([a-z])(?=\/|$)\/?/i, (_, drive: string) => `${drive.toUpperCase()}:/`);
}
