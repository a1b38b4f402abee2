import type { CallImage, CallResult } from '../../shared/ranCalls.ts';
import { readAttachment, type Refusal } from '../context/attachment.ts';

/** What a tool has brought that is not text alone. */
export interface ToolOutput {
  text: string;
  images?: readonly ToolImage[];
  /** Of a command. */
  exitCode?: number;
  /** Programs that a command has left running in the background. */
  leftRunning?: number;
}

export interface ToolImage {
  /** Said where the image is not shown. */
  name: string;
  /** Of a PNG, JPEG, GIF or WebP; what they are is told by their beginning. */
  bytes: Uint8Array;
}

/** Images that one call may bring. */
const mostImages = 20;

/** What a call has brought, as its result. An image that the service would refuse is left out, and the text says so. */
export function resultOf(output: string | ToolOutput, newId: () => string): CallResult {
  if (typeof output === 'string') return { text: output, isError: false };
  const images: CallImage[] = [];
  const notes: string[] = [];
  for (const { name, bytes } of output.images ?? []) {
    const read = images.length < mostImages ? readImage(newId(), name, bytes) : { problem: 'there are too many' };
    if ('problem' in read) notes.push(`[${name} is left out: ${read.problem}]`);
    else images.push(read);
  }
  const text = [output.text, ...notes].filter(part => part !== '').join('\n');
  return { text, isError: false, ...(images.length > 0 && { images }) };
}

/** An image as it is sent, or why the service would refuse it. */
export function readImage(id: string, name: string, bytes: Uint8Array): CallImage | { problem: string } {
  const read = readAttachment(id, name, bytes);
  if (!read.ok) return { problem: problemOf(read.refusal) };
  const { kind, source, pixels } = read.attachment;
  if (kind !== 'image' || source.type !== 'base64') return { problem: problemOf('unknownType') };
  return { id, kind, name, source, ...(pixels && { pixels }) };
}

function problemOf(refusal: Refusal): string {
  switch (refusal) {
    case 'imageTooLarge':
      return 'it has more than 3.75 MB';
    case 'imageTooWide':
      return 'it has more than 8000 pixels on one side';
    case 'empty':
      return 'it is empty';
    case 'unknownType':
    case 'text':
    case 'documentTooLarge':
    case 'documentEncrypted':
    case 'badAddress':
      return 'it is no PNG, JPEG, GIF or WebP';
  }
}
