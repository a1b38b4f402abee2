/**
 * A text as a field of CSV after RFC 4180. Spreadsheets run what looks like a formula, and the text may be a model's: it
 * gets an apostrophe in front, which they show as nothing.
 */
export function csvField(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
