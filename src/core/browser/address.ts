/** An address that a page may have. */
export interface Address {
  href: string;
  /** Scheme, host and port. */
  origin: string;
  /** Whether it is of this machine: no one else can be told anything by it. */
  isLoopback: boolean;
}

/** Undefined for what is no address of a web page: files, the browser's own pages, data and scripts are none. */
export function parseAddress(text: string): Address | undefined {
  const trimmed = text.trim();
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : isHost(trimmed) ? `http://${trimmed}` : trimmed;
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // A name and a password in an address pass for its host.
  if (url.username !== '' || url.password !== '') return undefined;
  return { href: url.href, origin: url.origin, isLoopback: isLoopback(url.hostname) };
}

/** `localhost:3000/path` is no scheme called localhost. */
function isHost(text: string): boolean {
  return /^(\[[\da-f:.]+\]|[^/?#:@\s]+)(:\d+)?([/?#]|$)/i.test(text);
}

/** By what browsers take for this machine without asking anyone; the host is as a URL writes it. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$/.test(host) || host === '[::1]';
}
