/** Why a base URL is refused. */
export type BaseUrlRefusal = 'empty' | 'notAUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery';

export type BaseUrl =
  | { ok: true; /** What a stored key is bound to. */ origin: string; messagesUrl: string; modelsUrl: string }
  | { ok: false; refusal: BaseUrlRefusal };

/**
 * The addresses that a pasted base URL stands for. People paste the host, the host with `/v1`, or the whole endpoint,
 * with and without slashes and scheme; all of them name the same API. Plain http is taken only on loopback, since the
 * key would travel in the clear.
 */
export function parseBaseUrl(pasted: string): BaseUrl {
  const text = pasted.trim();
  if (text === '') return { ok: false, refusal: 'empty' };
  // `localhost:8080` would otherwise be read as a scheme.
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) return { ok: false, refusal: 'notAUrl' };
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') return { ok: false, refusal: 'hasCredentials' };
  if (url.search !== '' || url.hash !== '') return { ok: false, refusal: 'hasQuery' };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { ok: false, refusal: 'notHttps' };
  }
  const prefix = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/messages$/, '')
    .replace(/\/v1$/, '');
  const api = `${url.origin}${prefix}/v1`;
  return { ok: true, origin: url.origin, messagesUrl: `${api}/messages`, modelsUrl: `${api}/models` };
}

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
