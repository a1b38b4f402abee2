import * as vscode from 'vscode';
import { readAttachment, sniffMediaType } from '../../core/context/attachment.ts';
import { isBinary, mostFileBytes } from '../../core/context/fileText.ts';
import { holdsPrivateKey, looksSensitive } from '../../core/context/sensitive.ts';
import type { CodeAttachment, Excerpt } from '../../shared/attachment.ts';
import { bytesWithin } from '../workspace/bytesWithin.ts';
import { displayPath, fileExcerpt } from '../workspace/excerpts.ts';
import { refusalText } from './refusalText.ts';
import { codeAttachment, type Reading } from './reading.ts';
import { unmasked } from './unmasked.ts';

/** Bytes: what the view reads of an image before it scales it down. */
const mostMediaBytes = 100 * 1024 * 1024;

/** A file as the editor has it, unsaved edits included; an image or a PDF as what it is. */
export async function readFile(id: string, uri: vscode.Uri): Promise<Reading> {
  return unmasked(uri, await readNamed(id, uri));
}

async function readNamed(id: string, uri: vscode.Uri): Promise<Reading> {
  const path = displayPath(uri);
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  if (open) return readDocument(id, open);
  try {
    const name = path.slice(path.lastIndexOf('/') + 1);
    // Images and PDF documents have bounds of their own, above this one.
    const bytes = await bytesWithin(uri, mostMediaBytes);
    if (!bytes) return tooLarge(path);
    const mediaType = sniffMediaType(bytes);
    if (mediaType?.startsWith('image/')) return { image: { name, bytes } };
    if (mediaType !== undefined) return readMedia(id, name, bytes);
    if (isBinary(bytes)) return binary(path);
    if (bytes.length > mostFileBytes) return tooLarge(path);
    return readDocument(id, await vscode.workspace.openTextDocument(uri));
  } catch {
    return { refusal: vscode.l10n.t('{0} cannot be read.', path) };
  }
}

/** An image or a PDF as it is. */
export function readMedia(id: string, name: string, bytes: Uint8Array): Reading {
  const read = readAttachment(id, name, bytes);
  return read.ok
    ? { attachment: read.attachment, sensitive: [] }
    : { refusal: refusalText(read.refusal, name, vscode.l10n.t) };
}

/** An open document as a whole. */
export function readDocument(id: string, document: vscode.TextDocument): Reading {
  const path = displayPath(document.uri);
  const text = document.getText();
  if (text.trim() === '') return { refusal: vscode.l10n.t('{0} is empty.', path) };
  if (text.length > mostFileBytes) return tooLarge(path);
  return readExcerpt(id, 'file', fileExcerpt(document));
}

export function readExcerpt(id: string, subject: CodeAttachment['subject'], excerpt: Excerpt): Reading {
  const { path, code } = excerpt;
  if (code.length > mostFileBytes) return tooLarge(path);
  const sensitive = looksSensitive(path) || holdsPrivateKey(code) ? [path] : [];
  return { attachment: codeAttachment(id, subject, excerpt), sensitive };
}

function tooLarge(path: string): Reading {
  return { refusal: vscode.l10n.t('{0} is too large: 1 MB of text is the most. Attach a part of it.', path) };
}

function binary(path: string): Reading {
  return { refusal: vscode.l10n.t('{0} is no text, so it cannot be attached.', path) };
}
