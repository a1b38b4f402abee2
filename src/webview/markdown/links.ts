/**
 * The address that a link may lead to, or undefined where it is none of the three kinds that the host opens. What a
 * browser would make of the text decides, so that no spelling of `javascript:` gets through.
 */
export function safeAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
}

/** The address of an image that may be named to the reader; nothing loads it. */
export function imageAddress(href: string): string | undefined {
  const address = safeAddress(href);
  return address?.startsWith('mailto:') ? undefined : address;
}
