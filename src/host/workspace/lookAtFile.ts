import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { LookedAt } from '../../core/process/pinnedFiles.ts';
import { bytesWithin } from './bytesWithin.ts';

/** Bytes of a file that is read whole every time; a larger one has changed where its size or time has. */
const mostRead = 16_000_000;
/** Bytes: what is larger is no script that somebody has written. */
const mostScript = 1_000_000;

/** A path as one of this machine, from the folder, or the user's own. */
export function inFolder(path: string, folder: string | undefined): string {
  return resolve(folder ?? homedir(), path);
}

/** What a file holds, as far as it can be told apart; undefined where there is none. */
export async function lookAtFile(path: string): Promise<LookedAt | undefined> {
  const uri = vscode.Uri.file(path);
  try {
    const { type, size, mtime } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return undefined;
    const read = await bytesWithin(uri, mostRead);
    if (!read) return { digest: `${size} ${mtime}` };
    const bytes = new Uint8Array(read);
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    return { digest, ...(size <= mostScript && { text: new TextDecoder().decode(bytes) }) };
  } catch {
    return undefined;
  }
}
