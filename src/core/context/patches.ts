/** A file that git does not know yet, as the patch that adds it. */
export function newFilePatch(path: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const head = [`diff --git a/${path} b/${path}`, 'new file', '--- /dev/null', `+++ b/${path}`];
  return [...head, `@@ -0,0 +1,${lines.length} @@`, ...lines.map(line => `+${line}`)].join('\n');
}

/** The files that a patch changes, by the names they have after it, or had before where it removes them. */
export function pathsOfPatch(patch: string): string[] {
  const found = [...patch.matchAll(/^diff --git "?a\/(.+?)"? "?b\/(.+?)"?$/gm)];
  return [...new Set(found.flatMap(([, before = '', after = '']) => [before, after]))];
}
