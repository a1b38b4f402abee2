/** The part of a `DataTransfer` that is looked at. */
interface Clipboard {
  files: ArrayLike<File>;
  getData: (type: 'text/plain') => string;
}

/**
 * The files of a paste that are attached. None where the clipboard holds text: that is pasted, whatever stands beside it,
 * such as the picture that a spreadsheet adds to its cells. What a file manager writes, the names of the very files, is no
 * text that anybody has copied.
 */
export function filesToAttach(clipboard: Clipboard | null): File[] {
  const files = Array.from(clipboard?.files ?? []);
  const text = files.length === 0 ? '' : (clipboard?.getData('text/plain') ?? '').trim();
  return text === '' || namesOnly(text, files) ? files : [];
}

function namesOnly(text: string, files: readonly File[]): boolean {
  const names = new Set(files.map(({ name }) => name));
  return text.split(/[\r\n]+/).every(line => names.has(lastPart(line)));
}

function lastPart(path: string): string {
  const name = path.trim().split(/[\\/]/).at(-1) ?? '';
  try {
    return path.startsWith('file:') ? decodeURIComponent(name) : name;
  } catch {
    return name;
  }
}
