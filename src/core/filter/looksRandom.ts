/** Bits a character, by how often each stands in the text. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** What people write where a secret is to be put, and what programs fill in there. */
const standIn =
  /^(?:[$%{<⟦*]|x{3,}|\.{3}|your|my|the|some|enter|insert|replace|change|example|sample|dummy|fake|mock|placeholder|redacted|password|passwd|secret|token|process\.env|env\.|os\.environ|import\.meta)|\$\{|\{\{|<[a-z]|example|changeme/i;

export function isStandIn(value: string): boolean {
  return standIn.test(value) || new Set(value).size < 4;
}

/** A name of something in code, such as `config.auth.tokenV2`, or a path. */
const named = /^[A-Za-z_$][\w$]*(?:[.:/-][A-Za-z_$][\w$]*)*$/;
const holdsBoth = /^(?=.*[A-Za-z])(?=.*[0-9!@#$%^&*?~])/;

/** Whether a value whose name says that it is a secret is one. `isQuoted`: it stands as a text, and is no code. */
export function isSecretValue(value: string, isQuoted: boolean): boolean {
  if (isStandIn(value) || !holdsBoth.test(value)) return false;
  if (isQuoted) return entropy(value) >= 2.8;
  if (/[()[\]{}<>$|&]/.test(value)) return false;
  return value.length >= 10 && entropy(value) >= 3 && !(value.includes('.') && named.test(value));
}

/** Whether a value could hardly be anything else, whatever its name. */
export function isRandomValue(value: string): boolean {
  return (
    value.length >= 20 &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /\d.*\d/.test(value) &&
    !isStandIn(value) &&
    !/^[./~]|:\/\/|\.[a-z]{2,4}$/.test(value) &&
    entropy(value) >= 3.7
  );
}
