/** JSON text with two spaces for each level; as it is where it is none. An empty text is an empty object. */
export function indentedJson(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json === '' ? '{}' : json), undefined, 2);
  } catch {
    return json;
  }
}
