import type { FoundKind } from '../../shared/clearance.ts';
import type { PieceRestorer, Restoring } from '../messages/restoring.ts';
import { mapDeep } from '../redaction/mapDeep.ts';

/** What a placeholder says of what it stands for: a model goes on better with that. */
const words: Record<FoundKind, string> = {
  token: 'token',
  privateKey: 'private-key',
  password: 'password',
  value: 'secret',
  mail: 'mail',
  phone: 'phone',
  card: 'card',
};

/** Also as some write JSON: with escapes for what is beyond ASCII. */
const whole = new RegExp(`(?:⟦|\\\\u27e6)((?:${Object.values(words).join('|')})-\\d{1,6})(?:⟧|\\\\u27e7)`, 'gi');
/** The end of a text that more characters may make a placeholder of. */
const begun = /^(?:⟦|\\u27e6)[a-z-]{0,12}\d{0,6}(?:\\(?:u(?:2(?:7e?)?)?)?)?$|^\\(?:u(?:2(?:7e?)?)?)?$/i;
const longestBegun = 32;

/**
 * What stands for the secrets of a conversation in its requests. The same secret keeps its placeholder, so that the
 * endpoint finds in its cache what it has read before. In memory alone: after a restart the numbers follow from the order
 * in which the secrets stand in the conversation.
 */
export class Placeholders implements Restoring {
  readonly #bySecret = new Map<string, string>();
  /** By what stands between the brackets. */
  readonly #secrets = new Map<string, string>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#secrets.size === 0;
  }

  has(secret: string): boolean {
    return this.#bySecret.has(secret);
  }

  /** `isTaken`: whether the text stands in the request already, where somebody has written it. */
  of(secret: string, kind: FoundKind, isTaken: (placeholder: string) => boolean): string {
    const known = this.#bySecret.get(secret);
    if (known !== undefined) return known;
    do this.#count++;
    while (isTaken(`⟦${words[kind]}-${this.#count}⟧`));
    const name = `${words[kind]}-${this.#count}`;
    this.#secrets.set(name, secret);
    this.#bySecret.set(secret, `⟦${name}⟧`);
    return `⟦${name}⟧`;
  }

  /** The secrets with what stands for them, in the order in which they came. */
  get entries(): Iterable<[secret: string, placeholder: string]> {
    return this.#bySecret;
  }

  restored(text: string, form: 'text' | 'json' = 'text'): string {
    return text.replace(whole, (placeholder, name: string) => {
      const secret = this.#secrets.get(name.toLowerCase());
      if (secret === undefined) return placeholder;
      return form === 'json' ? JSON.stringify(secret).slice(1, -1) : secret;
    });
  }

  fields(input: Record<string, unknown>): Record<string, unknown> {
    const restored = (text: string): string => this.restored(text);
    return mapDeep(input, restored, restored);
  }

  pieces(form: 'text' | 'json'): PieceRestorer {
    let held = '';
    return {
      append: piece => {
        const text = held + piece;
        const cut = text.length - begunIn(text);
        held = text.slice(cut);
        return this.restored(text.slice(0, cut), form);
      },
      end: () => {
        const rest = held;
        held = '';
        return this.restored(rest, form);
      },
    };
  }
}

/** How many characters at the end of the text may become a placeholder. */
function begunIn(text: string): number {
  for (let at = Math.max(0, text.length - longestBegun); at < text.length; at++) {
    const character = text[at];
    if ((character === '⟦' || character === '\\') && begun.test(text.slice(at))) return text.length - at;
  }
  return 0;
}
