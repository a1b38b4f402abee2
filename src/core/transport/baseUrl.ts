/** Why a base URL is refused. */
export type BaseUrlRefusal = 'empty' | 'notAUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery';

export type BaseUrl =
  | {
      ok: true;
      /** What a stored key is bound to. */
      origin: string;
      /** The shortest address that names the same API. */
      tidy: string;
      messagesUrl: string;
      modelsUrl: string;
    }
  | { ok: false; refusal: BaseUrlRefusal };

/**
 * The addresses that a pasted base URL stands for. People paste the host, the host with `/v1`, or a whole endpoint,
 * with and without slashes, scheme and quotes; all of them name the same API. Plain http is taken only on loopback,
 * since the key would travel in the clear.
 */
export function parseBaseUrl(pasted: string): BaseUrl {
  const text = bare(pasted);
  if (text === '') return { ok: false, refusal: 'empty' };
  const withScheme = schemed(text);
  if (!URL.canParse(withScheme)) return { ok: false, refusal: 'notAUrl' };
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') return { ok: false, refusal: 'hasCredentials' };
  if (url.search !== '' || url.hash !== '') return { ok: false, refusal: 'hasQuery' };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { ok: false, refusal: 'notHttps' };
  }
  const prefix = url.pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/\/messages(\/count_tokens)?$/, '')
    .replace(/\/v1\/(models|chat\/completions)$/, '')
    .replace(/(\/v1)+$/, '');
  const tidy = `${url.origin}${prefix}`;
  return {
    ok: true,
    origin: url.origin,
    tidy,
    messagesUrl: `${tidy}/v1/messages`,
    modelsUrl: `${tidy}/v1/models`,
  };
}

/** The base URL that was probably meant, tidied; undefined where that is anybody's guess. */
export function suggestBaseUrl(pasted: string): string | undefined {
  const text = bare(pasted);
  if (text === '' || !URL.canParse(schemed(text))) return undefined;
  const url = new URL(schemed(text));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (!isLoopback(url.hostname)) url.protocol = 'https:';
  url.username = url.password = url.search = url.hash = '';
  const meant = parseBaseUrl(url.href);
  return meant.ok ? meant.tidy : undefined;
}

/** Without the white space, the quotes and the brackets that come along when an address is copied. */
function bare(pasted: string): string {
  return pasted.replace(/^[\s"'`<\u200b\ufeff]+|[\s"'`>,;\u200b\ufeff]+$/g, '');
}

/** `localhost:8080` would otherwise be read as a scheme. */
function schemed(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
}

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
