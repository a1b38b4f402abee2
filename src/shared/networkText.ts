import type { Translate } from './translate.ts';

/** What to do about a connection that could not be made, by the system's code for that. */
export function unreachableText(code: string, t: Translate): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ERR_NAME_NOT_RESOLVED':
      return t(
        'Nobody knows this host name. Check its spelling in the base URL; else the network, the DNS or the VPN.',
      );
    case 'ECONNREFUSED':
    case 'ERR_CONNECTION_REFUSED':
      return t('The host refuses the connection. Check the port in the base URL, and whether the server runs.');
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'EHOSTUNREACH':
    case 'ERR_CONNECTION_TIMED_OUT':
    case 'ERR_ADDRESS_UNREACHABLE':
      return t(
        'The host does not answer. Often a firewall stands between, or a proxy that is not set under “Http: Proxy”.',
      );
    default:
      return t('Check the network connection, the proxy settings and the base URL.');
  }
}

/** The same for a certificate. */
export function certificateText(code: string, t: Translate): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
    case 'ERR_CERT_DATE_INVALID':
      return t(
        'The endpoint’s certificate is not valid today, so nothing was sent. Check the clock of this machine; else whoever runs the endpoint has to renew it.',
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'ERR_CERT_COMMON_NAME_INVALID':
      return t(
        'The endpoint’s certificate is for another host, so nothing was sent. Check the host name in the base URL.',
      );
    default:
      return t(
        'The certificate could not be verified, so nothing was sent. Behind a company proxy, its certificate has to be installed on this machine.',
      );
  }
}

/** How long to wait, where the endpoint has said so. */
export function pauseText(retryAfterMs: number | undefined, t: Translate): string {
  const seconds = Math.ceil((retryAfterMs ?? 0) / 1000);
  if (seconds <= 0) return t('The endpoint asks for a pause. Wait a minute, then try again.');
  if (seconds < 120) return t('The endpoint asks for a pause of {0} s. Wait that long, then try again.', seconds);
  return t('The endpoint asks for a pause of {0} minutes. Wait that long, then try again.', Math.ceil(seconds / 60));
}
