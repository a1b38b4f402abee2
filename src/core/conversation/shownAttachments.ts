import type { Attachment, CodeAttachment, MediaAttachment, TextAttachment } from '../../shared/attachment.ts';
import { type HiddenPart, hiddenIn, withHiddenShown } from '../../shared/hiddenText.ts';

/** Of a text that was sent, the most that the view shows; the rest is opened in an editor. */
const mostShownLines = 400;
const mostShownCharacters = 20_000;

/** As a chip shows it: the view names attachments and does not show them, so megabytes need not be sent. */
export function withoutData(attachment: Attachment): Attachment {
  switch (attachment.kind) {
    case 'code':
      return { ...attachment, ...hiddenOf(attachment), excerpt: { ...attachment.excerpt, code: '' } };
    case 'text':
      return { ...attachment, ...hiddenOf(attachment), text: '' };
    case 'image':
    case 'document':
      return withoutBytes(attachment);
  }
}

export function withoutBytes(attachment: MediaAttachment): MediaAttachment {
  const { source } = attachment;
  return source.type === 'url' ? attachment : { ...attachment, source: { ...source, data: '' } };
}

/** As a turn shows it that was sent: with marks for what a person would not see. */
export function shortened(attachment: Attachment): Attachment {
  switch (attachment.kind) {
    case 'code': {
      const { excerpt } = attachment;
      const code = beginning(excerpt.code);
      const isCut = code !== excerpt.code;
      const hidden = hiddenOf(attachment);
      if (!isCut && !hidden.hidden) return attachment;
      const shown = { ...excerpt, code: withHiddenShown(code) };
      return { ...attachment, ...hidden, excerpt: shown, ...(isCut && { isCut }) };
    }
    case 'text': {
      const text = beginning(attachment.text);
      const isCut = text !== attachment.text;
      const hidden = hiddenOf(attachment);
      if (!isCut && !hidden.hidden) return attachment;
      return { ...attachment, ...hidden, text: withHiddenShown(text), ...(isCut && { isCut }) };
    }
    case 'image':
    case 'document':
      return withoutBytes(attachment);
  }
}

const known = new WeakMap<Attachment, HiddenPart[]>();

/** Looked for once: what is attached stays as it is. */
function hiddenOf(attachment: CodeAttachment | TextAttachment): { hidden?: HiddenPart[] } {
  const text = attachment.kind === 'code' ? attachment.excerpt.code : attachment.text;
  const hidden = known.get(attachment) ?? hiddenIn(text);
  known.set(attachment, hidden);
  return hidden.length > 0 ? { hidden } : {};
}

function beginning(text: string): string {
  const cut = text.slice(0, mostShownCharacters);
  const lines = cut.split('\n', mostShownLines);
  return lines.join('\n');
}
