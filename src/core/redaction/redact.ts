/**
 * Hides everything in `text` that looks like a key, or like what is left of one that an endpoint has masked: what
 * endpoints echo ends in logs and screenshots. For an endpoint's own words, where nothing else looks like that.
 */
export function redact(text: string): string {
  return text
    .replace(/\b(sk|pk|rk)-[A-Za-z0-9_-]{8,}(\*+[A-Za-z0-9_-]*)?/g, '[key]')
    .replace(/\b(Bearer|x-api-key:?)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [key]');
}
