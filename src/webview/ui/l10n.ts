/** `text` in the user's language, with `{0}`, `{1}` filled in. English stands in the source and is the key. */
export function t(text: string, ...values: (string | number)[]): string {
  return (translations.get(text) ?? text).replace(/\{(\d+)\}/g, (whole, index) =>
    String(values[Number(index)] ?? whole),
  );
}

/** Takes the translations that the host put into the page as JSON; what is not a text is left out. */
export function loadTranslations(json: string): void {
  translations.clear();
  for (const [text, translation] of Object.entries(parse(json))) {
    if (typeof translation === 'string' && translation !== '') translations.set(text, translation);
  }
}

const translations = new Map<string, string>();

function parse(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // The view in English is better than no view.
    return {};
  }
}
