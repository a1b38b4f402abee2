import type { Attachment } from '../../shared/attachment.ts';

/** The list with one more. What is the same again takes the place of the older one, which may be out of date. */
export function withAttachment(list: readonly Attachment[], added: Attachment): Attachment[] {
  const at = list.findIndex(attachment => identityOf(attachment) === identityOf(added));
  return at === -1 ? [...list, added] : list.with(at, added);
}

/** The same for what is the same file and lines, address, or part of the editor; what it holds may differ. */
export function identityOf(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'code': {
      const { uri, startLine, endLine } = attachment.excerpt;
      return JSON.stringify(['code', uri, startLine, endLine]);
    }
    case 'text':
      // Two selections of a terminal have nothing in common but their name.
      return JSON.stringify([
        attachment.subject,
        attachment.heading,
        attachment.subject === 'terminal' && attachment.text,
      ]);
    case 'image':
    case 'document': {
      const { source, name } = attachment;
      return JSON.stringify([attachment.kind, name, source.type === 'url' ? source.url : source.data]);
    }
  }
}
