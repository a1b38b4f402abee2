import { numberOf } from './visible.ts';

/**
 * What a model reads in a text and a person does not see: characters that are not drawn, that change the order of the
 * others, or that spell words out of sight, and comments that address the model.
 */
export interface HiddenPart {
  kind: 'invisible' | 'order' | 'spelled' | 'comment';
  /** 1-based: of the first of them. */
  line: number;
  /** How many there are of this kind; characters, spelled texts or comments. */
  count: number;
  /** What the first one says, where it says something; its beginning. */
  text?: string;
}

/** Characters of what is told of a hidden text. */
const mostTold = 80;
/** Characters of a comment that is looked at. */
const longestComment = 4_000;

/**
 * Zero-width characters, the controls for the direction of text (https://trojansource.codes), and the tags of Unicode,
 * which spell ASCII invisibly.
 */
const unseen = /[\u00ad\u180e\u200b-\u200d\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|[\u{e0000}-\u{e007f}]+/gu;
const order = /^[\u202a-\u202e\u2066-\u2069]$/;
const addressesModel =
  /\b(?:ignore|disregard|forget|override)\b[^.]{0,60}\b(?:previous|prior|above|earlier|all|any|system)\b[^.]{0,40}\b(?:instruction|prompt|message|rule|direction|guideline)|\b(?:you are|act as|pretend to be)\b[^.]{0,30}\b(?:ai|assistant|llm|language model|agent)\b|\b(?:ai|llm|assistant|language model|agent)s?\b[^.\n]{0,30}\b(?:must|should|shall|please|important)\b|\bsystem prompt\b|\b(?:do not|don['’]t|never) (?:tell|mention|reveal|inform|show)\b[^.]{0,30}\buser\b/i;

/** What is hidden in the text: one for each kind, the first of it told. Takes time in proportion to its length. */
export function hiddenIn(text: string): HiddenPart[] {
  const parts = new Map<HiddenPart['kind'], HiddenPart>();
  const lines = lineCounter(text);
  const add = (kind: HiddenPart['kind'], at: number, said?: string): void => {
    const known = parts.get(kind);
    if (known) known.count++;
    else parts.set(kind, { kind, line: lines(at), count: 1, ...(said !== undefined && { text: told(said) }) });
  };
  for (const { 0: found, index } of text.matchAll(unseen)) {
    const kind = kindOf(found, text, index);
    if (kind === 'spelled') add(kind, index, spelled(found));
    else if (kind) add(kind, index);
  }
  const ofComments = lineCounter(text);
  for (const { said, index } of commentsIn(text)) {
    if (!addressesModel.test(said)) continue;
    const known = parts.get('comment');
    if (known) known.count++;
    else parts.set('comment', { kind: 'comment', line: ofComments(index), count: 1, text: told(said) });
  }
  return [...parts.values()];
}

/** The text with a mark in the place of each character that is not seen, such as `⟨U+200B⟩`. */
export function withHiddenShown(text: string): string {
  return text.replace(unseen, (found: string, at: number) => {
    const kind = kindOf(found, text, at);
    if (kind === undefined) return found;
    if (kind === 'spelled') return `⟨${spelled(found)}⟩`;
    return numberOf(found);
  });
}

/** Undefined of a character that scripts or emoji need where it stands. */
function kindOf(found: string, text: string, at: number): HiddenPart['kind'] | undefined {
  if (order.test(found)) return 'order';
  if (found.codePointAt(0) !== undefined && (found.codePointAt(0) ?? 0) >= 0xe0000) {
    // The flags of England, Scotland and Wales are spelled behind a black flag.
    return text.slice(at - 2, at) === '\u{1f3f4}' ? undefined : 'spelled';
  }
  if (found === '\ufeff' && at === 0) return undefined;
  const isJoiner = found === '\u200c' || found === '\u200d';
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at + 1)];
  if (isJoiner && before > 0x7f && after > 0x7f && !isUnseen(before) && !isUnseen(after)) return undefined;
  return 'invisible';
}

function isUnseen(code: number): boolean {
  return code >= 0x200b && code <= 0x206f;
}

function spelled(tags: string): string {
  return Array.from(tags, tag => (tag.codePointAt(0) ?? 0) - 0xe0000)
    .map(code => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ''))
    .join('');
}

/** Each end is looked for once: a text may be full of beginnings. */
function* commentsIn(text: string): Generator<{ said: string; index: number }> {
  let end = 0;
  for (let at = text.indexOf('<!--'); at !== -1; at = text.indexOf('<!--', at)) {
    if (end < at + 4) end = text.indexOf('-->', at + 4);
    if (end === -1) return;
    if (end - at <= longestComment) {
      yield { said: text.slice(at + 4, end), index: at };
      at = end + 3;
    } else at += 4;
  }
}

function told(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > mostTold ? `${line.slice(0, mostTold)}…` : line;
}

/** The line of a place; places have to come in order. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let done = 0;
  return at => {
    for (let next = text.indexOf('\n', done); next !== -1 && next < at; next = text.indexOf('\n', done)) {
      line++;
      done = next + 1;
    }
    return line;
  };
}
