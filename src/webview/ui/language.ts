/** The editor's display language, in which numbers, dates and currencies are written; undefined: the browser's own. */
export function language(): string | undefined {
  return named;
}

let named: string | undefined;

/** Takes the language of the page. What is no language leaves it to the browser. */
export function setLanguage(name: string): void {
  try {
    named = Intl.getCanonicalLocales(name)[0];
  } catch {
    named = undefined;
  }
}
