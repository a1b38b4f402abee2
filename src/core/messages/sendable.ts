import { mapDeep } from '../redaction/mapDeep.ts';

/**
 * A request's body with all its texts, and the names of fields that a model has made up, as the service takes them: halves of a character, as they are left where a text was
 * cut, are U+FFFD, and NUL is shown as ␀. In a copy, where something changes; the conversation keeps what was written.
 */
export function sendable<Body>(body: Body): Body {
  return mapDeep(body, sendableText, sendableText);
}

function sendableText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '␀') : whole;
}
