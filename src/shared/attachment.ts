/** What goes along with a turn beside its text. */

import type { HiddenPart } from './hiddenText.ts';
import type { PixelSize } from './imageFit.ts';

/** Lines of a file that were sent along with a turn, as they were at that moment. */
export interface Excerpt {
  /** Relative to the workspace folder where there is one, with `/` between the parts. */
  path: string;
  /** The editor's document URI; the host opens it, the view only hands it back. */
  uri: string;
  languageId: string;
  /** 1-based, inclusive. */
  startLine: number;
  /** 1-based, inclusive. */
  endLine: number;
  code: string;
}

/** What is sent along with a turn, as it was when it was attached. */
export type Attachment = MediaAttachment | CodeAttachment | TextAttachment;

interface AttachmentBase {
  id: string;
  /** Shown: the file's name, with the lines where it is a part, the address, or what it is. */
  name: string;
  /** An estimate; absent where none was made. */
  tokens?: number;
}

/** An image or a document. Its name is sent as a document's title. */
export interface MediaAttachment extends AttachmentBase {
  kind: 'image' | 'document';
  source: { type: 'base64'; mediaType: string; data: string } | { type: 'url'; url: string };
  /** Of an image, as far as its bytes tell. */
  pixels?: PixelSize;
  /** Of a document, as far as its file tells. */
  pages?: number;
}

export function isMedia(attachment: Attachment): attachment is MediaAttachment {
  return attachment.kind === 'image' || attachment.kind === 'document';
}

/** A file, or lines of one. */
export interface CodeAttachment extends AttachmentBase {
  kind: 'code';
  subject: 'file' | 'selection' | 'symbol';
  excerpt: Excerpt;
  /** It is what the editor shows, and changes with it until it is sent. */
  isLive?: true;
  /** In the view: the code was too long to be shown as a whole. */
  isCut?: boolean;
  /** In the view: what a person does not see in the code. */
  hidden?: HiddenPart[];
}

/** Text that the editor has. */
export interface TextAttachment extends AttachmentBase {
  kind: 'text';
  subject: 'folder' | 'problems' | 'changes' | 'terminal' | 'resource' | 'conversation';
  /** The line above the text that tells the model what it is. */
  heading: string;
  /** Of the fence around the text; empty where there is none. */
  languageId: string;
  text: string;
  /** What was left out, as a sentence. */
  note?: string;
  /** In the view: the text was too long to be shown as a whole. */
  isCut?: boolean;
  /** In the view: what a person does not see in the text. */
  hidden?: HiddenPart[];
}
