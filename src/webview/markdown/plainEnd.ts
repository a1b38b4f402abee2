import { type DomNode, type DomText, isElement, isText } from './dom.ts';
import { mayHaveMath } from './math/mathSyntax.ts';

/**
 * The end of an answer where it is nothing but words: most of what arrives only adds to them, and need not be read as
 * Markdown again. What follows is a proof that a full reading would say the same: nothing that arrives is a mark, the
 * last mark before it has a letter behind it already, and no address or character reference is in the making.
 */
export class PlainEnd {
  readonly #text: DomText;
  /** From the last space on: what a word becomes depends on all of it. */
  #word: string;
  /** Spaces at the end wait for what follows them: where nothing does, they are not shown. */
  #spaces: string;

  private constructor(text: DomText, word: string, spaces: string) {
    this.#text = text;
    this.#word = word;
    this.#spaces = spaces;
  }

  /** The end of `source`, which `shown` shows; undefined where it is not just words. */
  static of(source: string, shown: DomNode | undefined): PlainEnd | undefined {
    const line = source.slice(Math.max(source.lastIndexOf('\n') + 1, source.length - mostLookedAt));
    const words = /[^\n\r*_`[\]<|~$\\&:@]*$/.exec(line)?.[0] ?? '';
    const spoken = words.trimEnd();
    if (spoken === '' || openLink.test(line) || mayHaveMath(line)) return undefined;
    const text = lastText(shown);
    if (!text?.data.endsWith(spoken.trimStart())) return undefined;
    return new PlainEnd(text, /\S*$/.exec(line)?.[0] ?? '', words.slice(spoken.length));
  }

  /** Shows `text` behind what is there; false where it has to be read as Markdown. */
  append(text: string): boolean {
    if (mark.test(text) || this.#word.length > mostLookedAt) return false;
    const whole = this.#word + text;
    if (makesMore.test(whole)) return false;
    const spoken = text.trimEnd();
    if (spoken === '') this.#spaces += text;
    else {
      this.#text.appendData(this.#spaces + spoken);
      this.#spaces = text.slice(spoken.length);
    }
    this.#word = whole.slice(whole.search(/\S*$/));
    return true;
  }
}

/** Characters of the last line that are looked at. Beyond them there may be anything but the label of an open link. */
const mostLookedAt = 2_000;
const mark = /[\n\r*_`[\]<|~$\\&:@]/;
/** What makes more of a word than itself: an address, a character reference. */
const makesMore = /www\.|[:@&\\<]\S*$/i;
/** A link whose address is still arriving shows its label only. */
const openLink = /\]\([^)]*$/;

/** The text that `node` ends with, where a word that is added to it is added to just that text. */
export function lastText(node: DomNode | undefined): DomText | undefined {
  let last = node;
  while (last && isElement(last) && growing.test(last.nodeName)) last = last.lastChild ?? undefined;
  return last && isText(last) ? last : undefined;
}

const growing = /^(?:P|H[3-6]|[UO]L|LI|BLOCKQUOTE|STRONG|EM|DEL|CODE|DIV|TABLE|TBODY|TR|TD)$/;
