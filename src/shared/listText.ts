/** Several names in one line, parted as the language does it. */
export function listText(names: Iterable<string>, language: string | undefined): string {
  return new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' }).format(names);
}
