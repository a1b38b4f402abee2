const sensitiveNames = [
  /^\.env(?!\.(example|sample|template|dist)$)(\..+)?$/,
  /\.env$/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /^\.(npmrc|pypirc|netrc|pgpass|htpasswd|git-credentials)$/,
  /^(credentials|secrets?)(\.(json|ya?ml|toml|ini|txt|properties))?$/,
  /^(service[-_]?account.*|.*[-_]credentials)\.json$/,
  /\.tfvars(\.json)?$/,
  /\.tfstate(\..+)?$/,
];
const sensitiveFolders = /(^|\/)\.(ssh|aws|gnupg|kube|azure)\//;

/** Whether a file is one of those that secrets are kept in, by its name. */
export function looksSensitive(path: string): boolean {
  const lower = path.replaceAll('\\', '/').toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  return sensitiveFolders.test(lower) || sensitiveNames.some(pattern => pattern.test(name));
}

/** Whether a text holds a private key. */
export function holdsPrivateKey(text: string): boolean {
  return /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/.test(text);
}
