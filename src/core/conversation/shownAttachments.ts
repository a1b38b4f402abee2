import type { Attachment, MediaAttachment } from '../../shared/conversation.ts';

/** Of a text that was sent, the most that the view shows; the rest is opened in an editor. */
const mostShownLines = 400;
const mostShownCharacters = 20_000;

/** As a chip shows it: the view names attachments and does not show them, so megabytes need not be sent. */
export function withoutData(attachment: Attachment): Attachment {
  switch (attachment.kind) {
    case 'code':
      return { ...attachment, excerpt: { ...attachment.excerpt, code: '' } };
    case 'text':
      return { ...attachment, text: '' };
    case 'image':
    case 'document':
      return withoutBytes(attachment);
  }
}

export function withoutBytes(attachment: MediaAttachment): MediaAttachment {
  const { source } = attachment;
  return source.type === 'url' ? attachment : { ...attachment, source: { ...source, data: '' } };
}

/** As a turn shows it that was sent. */
export function shortened(attachment: Attachment): Attachment {
  switch (attachment.kind) {
    case 'code': {
      const { excerpt } = attachment;
      const code = beginning(excerpt.code);
      return code === excerpt.code ? attachment : { ...attachment, excerpt: { ...excerpt, code }, isCut: true };
    }
    case 'text': {
      const text = beginning(attachment.text);
      return text === attachment.text ? attachment : { ...attachment, text, isCut: true };
    }
    case 'image':
    case 'document':
      return withoutBytes(attachment);
  }
}

function beginning(text: string): string {
  const cut = text.slice(0, mostShownCharacters);
  const lines = cut.split('\n', mostShownLines);
  return lines.join('\n');
}
