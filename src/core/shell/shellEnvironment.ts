import { vendorKey } from '../redaction/keyForms.ts';

type Environment = Record<string, string | undefined>;

/** Names of what is a secret by itself: words between underscores, as in `NPM_TOKEN`, `DB_PASSWORD`, `AWS_SECRET_ACCESS_KEY`. */
const secretNames =
  /(?:^|_)(?:API_?KEYS?|ACCESS_?KEY(?:_ID)?|PRIVATE_?KEY|SECRET_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|TOKENS?|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|PWD|PASS|CREDENTIALS?|AUTH|COOKIE)(?:_|$)|(?:KEY|TOKEN|SECRET|PASSWORD)$/i;

/** Names that look like one and hold none. */
const harmlessNames = /^(?:PWD|OLDPWD|SSH_AUTH_SOCK|XAUTHORITY|GPG_TTY)$/;

/** What the editor's own processes tell each other, and what makes a shell run something before it is given a command. */
const foreignNames =
  /^(?:VSCODE_|ELECTRON_|CHROME_|BASH_FUNC_|BASH_ENV$|ENV$|CDPATH$|PROMPT_COMMAND$|PS4$|BASHOPTS$|SHELLOPTS$)/;

const urlPassword = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/** Characters: a shorter value is found in the words of others. */
const shortestSecret = 8;

/**
 * Programs that paint the screen, page or ask find out that nobody sits there.
 * `DEBIAN_FRONTEND` is not among them: it changes what a command of the user's does.
 */
const noScreen = { TERM: 'dumb', PAGER: 'cat', GIT_PAGER: 'cat', MANPAGER: 'cat', GIT_TERMINAL_PROMPT: '0' };

/**
 * The user's environment without anything that holds a key: variables with such names, those with the value of one of
 * them, or of `keys`, as it is, encoded for a URL or in base64; those with a known vendor's key, and URLs with a password.
 */
export function shellEnvironment(environment: Environment, keys: readonly string[]): Record<string, string> {
  const named = Object.entries(environment).filter(([name]) => isSecretName(name));
  const secrets = [...keys, ...named.map(([, value]) => value ?? '')].filter(({ length }) => length >= shortestSecret);
  const forms = [...new Set(secrets.flatMap(formsOf))];
  const vendors = new RegExp(vendorKey);
  const holdsSecret = (value: string): boolean =>
    urlPassword.test(value) || vendors.test(value) || forms.some(form => value.includes(form));
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || isSecretName(name) || foreignNames.test(name) || holdsSecret(value)) continue;
    kept[name] = value;
  }
  return { ...kept, ...noScreen };
}

function isSecretName(name: string): boolean {
  return secretNames.test(name) && !harmlessNames.test(name);
}

/** In base64 only what stays the same wherever in a text the secret stands. */
function formsOf(secret: string): string[] {
  const shifted = [0, 1, 2].map(before => {
    const bytes = Buffer.from(`${' '.repeat(before)}${secret}`);
    return bytes
      .toString('base64')
      .slice(before === 0 ? 0 : 4)
      .replace(/.{0,2}=*$/, '');
  });
  return [secret, encodeURIComponent(secret), ...shifted.filter(({ length }) => length >= shortestSecret)];
}
