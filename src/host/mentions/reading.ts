import type { Attachment, CodeAttachment, Excerpt, TextAttachment } from '../../shared/attachment.ts';

/** What was read to be attached, or why nothing was, as a sentence. Undefined where the user has turned back. */
export type Reading =
  | {
      attachment: Attachment;
      /** The files in it that may hold secrets, as they are shown. */
      sensitive: string[];
      outside?: Outside;
    }
  /** An image as its file holds it, which the view may scale down first. */
  | { image: { name: string; bytes: Uint8Array }; outside?: Outside }
  | { refusal: string }
  | undefined;

/** Where a name in the workspace leads out of it, as it is shown: the name, and the place. */
type Outside = string;

/** Reads when it is called: what is attached is what there was at that moment. `id` becomes the attachment's. */
export type Reader = (id: string) => Reading | Promise<Reading>;

export function codeAttachment(id: string, subject: CodeAttachment['subject'], excerpt: Excerpt): CodeAttachment {
  const { path, startLine, endLine } = excerpt;
  const file = path.slice(path.lastIndexOf('/') + 1);
  const lines = startLine === endLine ? String(startLine) : `${startLine}–${endLine}`;
  return { id, kind: 'code', subject, name: subject === 'file' ? file : `${file}:${lines}`, excerpt };
}

export function textAttachment(text: Omit<TextAttachment, 'kind' | 'tokens'>): TextAttachment {
  return { kind: 'text', ...text };
}
