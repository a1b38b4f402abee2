import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

let shared: SecureContext | undefined;

/**
 * Trusts what Node ships with, `NODE_EXTRA_CA_CERTS` and what the system trusts; undefined where Node, before 22.15,
 * can't list these. Reading and parsing hundreds of certificates takes tens of milliseconds, so one context serves all
 * connections of the process. Stores name many certificates two and three times over.
 */
export function systemSecureContext(): SecureContext | undefined {
  if (typeof getCACertificates !== 'function') return undefined;
  shared ??= createSecureContext({
    ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])],
  });
  return shared;
}
