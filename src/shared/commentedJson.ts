/** JSON as people write it in the editor's files: with comments, and commas behind the last entry. Throws like `JSON.parse`. */
export function parseCommentedJson(text: string): unknown {
  const string = /"(?:[^"\\]|\\.)*"/.source;
  const without = (source: string, pattern: string): string =>
    source.replace(new RegExp(`(${string})|${pattern}`, 'gs'), '$1');
  const plain = without(text.replace(/^\ufeff/, ''), String.raw`//[^\n]*|/\*.*?\*/`);
  return JSON.parse(without(plain, String.raw`,(?=\s*[}\]])`));
}
