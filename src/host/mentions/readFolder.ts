import * as vscode from 'vscode';
import { decodeText } from '../../core/context/fileText.ts';
import { type FolderFile, type FolderLeft, folderText } from '../../core/context/folderText.ts';
import { holdsPrivateKey, looksSensitive } from '../../core/context/sensitive.ts';
import { bytesWithin } from '../workspace/bytesWithin.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';
import { listFiles } from './listFiles.ts';
import { type Reading, textAttachment } from './reading.ts';
import { namesSecrets, unmasked } from './unmasked.ts';
import { listText } from '../../shared/listText.ts';

/** Of a folder: files that are found, files that are listed, and bytes of their text that are sent. */
const mostFound = 5_000;
const mostListed = 500;
const mostBytes = 400_000;
const mostBytesOfOne = 100_000;

/** A folder: the list of its files, and their text as far as it fits. */
export async function readFolder(id: string, uri: vscode.Uri): Promise<Reading> {
  const path = displayPath(uri);
  const found = (await listFiles(uri, mostFound)).toSorted((one, other) => (one.path < other.path ? -1 : 1));
  if (found.length === 0) return { refusal: vscode.l10n.t('There is nothing to attach in {0}.', path) };
  const files: FolderFile[] = [];
  let bytesLeft = mostBytes;
  let outside = 0;
  for (const file of found.slice(0, mostListed)) {
    const real = await realPlaceOf(file, uri);
    // Not even its name: what lies behind a link is nobody's who attaches this folder.
    if (real.isOutside) {
      outside++;
      continue;
    }
    const content = namesSecrets(real.path)
      ? ({ type: 'left', why: 'sensitive' } as const)
      : await readContent(file, bytesLeft);
    if (content.type === 'text') bytesLeft -= Buffer.byteLength(content.text);
    files.push({ path: displayPath(file), content });
  }
  const unlisted = found.length - files.length - outside;
  const left = files.flatMap(({ content }) => (content.type === 'left' ? [content.why] : []));
  const note = noteOf(left, unlisted, outside);
  const attachment = textAttachment({
    id,
    subject: 'folder',
    name: `${path.slice(path.lastIndexOf('/') + 1)}/`,
    heading: `Folder: ${path}`,
    languageId: '',
    text: folderText(files, unlisted),
    ...(note !== '' && { note }),
  });
  return unmasked(uri, { attachment, sensitive: [] });
}

async function readContent(uri: vscode.Uri, bytesLeft: number): Promise<FolderFile['content']> {
  const leave = (why: FolderLeft): FolderFile['content'] => ({ type: 'left', why });
  if (looksSensitive(displayPath(uri))) return leave('sensitive');
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > mostBytesOfOne) return leave('tooLarge');
    if (size > bytesLeft) return leave('tooMany');
    const bytes = await bytesWithin(uri, mostBytesOfOne);
    const text = bytes && decodeText(bytes);
    if (text === undefined) return leave('binary');
    return holdsPrivateKey(text) ? leave('sensitive') : { type: 'text', text };
  } catch {
    return leave('unreadable');
  }
}

function noteOf(left: readonly FolderLeft[], unlisted: number, outside: number): string {
  const counted = (why: FolderLeft): number => left.filter(reason => reason === why).length;
  const parts = [
    [counted('binary'), vscode.l10n.t('no text')],
    [counted('tooLarge') + counted('tooMany') + unlisted, vscode.l10n.t('too large or too many')],
    [counted('sensitive'), vscode.l10n.t('may hold secrets')],
    [counted('unreadable'), vscode.l10n.t('unreadable')],
    [outside, vscode.l10n.t('outside of the workspace')],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, why]) => `${count} (${why})`);
  return said.length === 0 ? '' : vscode.l10n.t('Left out: {0}', listText(said, vscode.env.language));
}
