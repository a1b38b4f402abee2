/** What never ends goes to the end of the text: what has begun is looked at once. */
const string = /"[^"\\]*(?:\\.?[^"\\]*)*(?:"|$)/.source;
const comments = new RegExp(String.raw`(${string})|//[^\n]*|/\*.*?(?:\*/|$)`, 'gs');
const lastCommas = new RegExp(String.raw`(${string})|,(?=\s*[}\]])`, 'gs');

/** JSON as people write it in the editor's files: with comments, and commas behind the last entry. Throws like `JSON.parse`. */
export function parseCommentedJson(text: string): unknown {
  const plain = text
    .replace(/^\ufeff/, '')
    .replace(comments, '$1')
    .replace(lastCommas, '$1');
  return JSON.parse(plain);
}
