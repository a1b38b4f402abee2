/** Hides everything in `text` that is, or looks like, a key: what endpoints echo ends in logs and screenshots. */
export function redact(text: string, key?: string): string {
  const known = key && key.length >= 4 ? text.replaceAll(key, '[key]') : text;
  return known
    .replace(/\b(sk|pk|rk)-[A-Za-z0-9_-]{8,}(\*+[A-Za-z0-9_-]*)?/g, '[key]')
    .replace(/\b(Bearer|x-api-key:?)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [key]');
}
