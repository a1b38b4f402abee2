import type { Found } from './found.ts';

/** Secrets that are looked for wherever they stand, and not only where they were told by what stands around them. */
const mostBare = 64;
/** Characters: a shorter one may be a part of other words. */
const shortestBare = 6;

/** `text` with `found` and all other places where a secret stands replaced. `placeholders`: by secret. */
export function replaceSecrets(
  text: string,
  found: readonly Found[],
  placeholders: ReadonlyMap<string, string>,
): string {
  let out = '';
  let done = 0;
  for (const { start, end } of found) {
    const placeholder = placeholders.get(text.slice(start, end));
    if (placeholder === undefined) continue;
    out += replaceBare(text.slice(done, start), placeholders) + placeholder;
    done = end;
  }
  const rest = replaceBare(text.slice(done), placeholders);
  return done === 0 && rest === text ? text : out + rest;
}

function replaceBare(text: string, placeholders: ReadonlyMap<string, string>): string {
  let out = text;
  let looked = 0;
  for (const [secret, placeholder] of placeholders) {
    if (secret.length < shortestBare) continue;
    if (++looked > mostBare) break;
    if (out.includes(secret)) out = out.replaceAll(secret, placeholder);
  }
  return out;
}
