/** Variables that programs need to find others, their files, the network and the user's language: no key is among them. */
const needed =
  /^(?:PATH|HOME|LOGNAME|USER|USERNAME|SHELL|TERM|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+_(?:HOME|DIRS?)|SSL_CERT_(?:FILE|DIR)|NODE_EXTRA_CA_CERTS|DOCKER_HOST|NVM_(?:DIR|HOME|SYMLINK)|VOLTA_HOME|PNPM_HOME|BUN_INSTALL|CARGO_HOME|GOPATH|JAVA_HOME|APPDATA|LOCALAPPDATA|HOMEDRIVE|HOMEPATH|PROGRAMFILES(?:\(X86\))?|PROGRAMDATA|PATHEXT|COMSPEC|SYSTEMDRIVE|SYSTEMROOT|WINDIR|USERPROFILE|PROCESSOR_ARCHITECTURE)$/i;
const proxies = /^(?:https?|no|all)_proxy$/i;

/** What of an environment a program gets unasked: what all need, and of the rest what `more` names. */
export function neededEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  more = /^(?!)/,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (needed.test(entry[0]) || more.test(entry[0]) || isProxy(entry[0], entry[1])),
  );
  return Object.fromEntries(kept);
}

/** A proxy may be given with its password. */
function isProxy(name: string, value: string): boolean {
  return proxies.test(name) && !value.includes('@');
}
