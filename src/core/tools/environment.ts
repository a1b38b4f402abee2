const secret =
  /(?:^|_)(?:api_?keys?|keys?|tokens?|secrets?|passw(?:or)?ds?|passwd|passphrase|credentials?|auth)(?:_|$)|^(?:MARGINALIA|ANTHROPIC|CLAUDE)_|^(?:GPG|SSH)_AGENT|^SSH_AUTH_SOCK$/i;

/** What a program that a model starts gets of the environment: nothing that is named like a key. */
export function withoutKeys(environment: Record<string, string | undefined>): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isSecret(entry[0], entry[1]),
  );
  return Object.fromEntries(kept);
}

function isSecret(name: string, value: string): boolean {
  // As proxies and databases are given with their passwords.
  return secret.test(name) || /\bsk-[\w-]{16,}/.test(value) || /^[a-z][\w+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i.test(value);
}
