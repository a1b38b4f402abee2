import * as vscode from 'vscode';
import type { FollowedEditorPorts } from '../../core/chat/followedEditor.ts';
import type { CodeAttachment } from '../../shared/attachment.ts';
import { goesFromStart } from '../config.ts';
import { readShown } from './inEditor.ts';
import { isLetThrough, letThrough } from '../mentions/attachReading.ts';
import { isIgnored } from '../mentions/listFiles.ts';
import { readExcerpt } from '../mentions/readFile.ts';
import type { Reading } from '../mentions/reading.ts';
import { unmasked } from '../mentions/unmasked.ts';

/** Characters that go along by the setting alone: about 50,000 tokens. What is larger takes a click. */
const mostByItself = 200_000;

/** What the editor shows, for the place that follows it. */
export const editorContext: Omit<FollowedEditorPorts, 'opened' | 'newId'> = {
  read: readShown,
  startsOn: () => goesFromStart() && vscode.workspace.isTrusted,
  mayFollow: async (shown, isTurnedOn) => {
    const readings = await Promise.all(shown.map(readingOf));
    if (isTurnedOn) return readings.every(isLetThrough);
    const characters = shown.reduce((sum, { excerpt }) => sum + excerpt.code.length, 0);
    if (characters > mostByItself || readings.some(asksFirst)) return false;
    return !(await Promise.all(shown.map(isApart))).includes(true);
  },
  mayGoNow: shown => shown.every(({ subject, excerpt }) => isLetThrough(readExcerpt('', subject, excerpt))),
  mayTurnOn: async shown => {
    for (const attachment of shown) if (!(await letThrough(await readingOf(attachment)))) return false;
    return true;
  },
};

function readingOf({ subject, excerpt }: CodeAttachment): Promise<Reading> {
  return unmasked(vscode.Uri.parse(excerpt.uri, true), readExcerpt('', subject, excerpt));
}

/** Whether it is asked about where it is attached, also where the user has let it through once. */
function asksFirst(reading: Reading): boolean {
  return !reading || !('attachment' in reading) || reading.outside !== undefined || reading.sensitive.length > 0;
}

/** Whether it is none of the project's files: it lies elsewhere, or version control leaves it out. */
async function isApart({ excerpt }: CodeAttachment): Promise<boolean> {
  const uri = vscode.Uri.parse(excerpt.uri, true);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0 || uri.scheme === 'untitled') return false;
  return !vscode.workspace.getWorkspaceFolder(uri) || isIgnored(uri);
}
