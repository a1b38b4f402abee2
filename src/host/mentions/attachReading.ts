import { randomUUID } from '../randomUUID.ts';
import * as vscode from 'vscode';
import { withTokens } from '../../core/context/attachmentBlocks.ts';
import type { ChatController } from '../chatController.ts';
import { readSettings } from '../config.ts';
import { askFirst, showWarning } from '../show.ts';
import { readMedia } from './readFile.ts';
import { isMedia } from '../../shared/attachment.ts';
import { excessText } from './refusalText.ts';
import type { Reader, Reading } from './reading.ts';
import { listText } from '../../shared/listText.ts';
import { messageOf } from '../../shared/messageOf.ts';

/** Files that the user has let through in this window; nobody is asked twice. */
const allowed = new Set<string>();

/** Reads something and puts it beside the message, and whether it lies there now. Says why where that can't be done. */
export async function attachReading(chat: ChatController, read: Reader, id: string = randomUUID()): Promise<boolean> {
  // The conversation may be another one by the time it is read.
  const session = await chat.open();
  const found = await readOrRefuse(read, id);
  if (!(await mayLeaveWorkspace(outsideOf(found)))) return false;
  // The view can scale an image down.
  if (found && 'image' in found && chat.attachInView(found.image.name, found.image.bytes)) return true;
  const reading = found && 'image' in found ? readMedia(id, found.image.name, found.image.bytes) : found;
  if (!reading || 'image' in reading) return false;
  if ('refusal' in reading) {
    void showWarning(reading.refusal);
    return false;
  }
  const { attachment } = reading;
  const excess = isMedia(attachment) ? chat.excessWith(attachment) : undefined;
  if (excess) {
    const count = (number: number): string => number.toLocaleString(vscode.env.language);
    void showWarning(excessText(excess, attachment.name, vscode.l10n.t, count));
    return false;
  }
  if (!(await mayAttach(reading.sensitive))) return false;
  const model = session.unsent.model ?? readSettings().model;
  session.unsent.attach(withTokens(attachment, model));
  return true;
}

/** Asks about what leads out of the workspace or may hold secrets; false where it can't be attached as code or text. */
export async function letThrough(reading: Reading): Promise<boolean> {
  if (!reading || !('attachment' in reading)) return false;
  return (await mayLeaveWorkspace(outsideOf(reading))) && mayAttach(reading.sensitive);
}

/** Whether there is nothing to ask about that the user has not let through yet. */
export function isLetThrough(reading: Reading): boolean {
  if (!reading || !('attachment' in reading)) return false;
  const outside = outsideOf(reading);
  return [...reading.sensitive, ...(outside === undefined ? [] : [outside])].every(path => allowed.has(path));
}

function outsideOf(reading: Reading): string | undefined {
  return reading && 'outside' in reading ? reading.outside : undefined;
}

async function readOrRefuse(read: Reader, id: string): Promise<Reading> {
  try {
    return await read(id);
  } catch (error) {
    const reason = messageOf(error);
    return { refusal: vscode.l10n.t('This could not be read: {0}', reason) };
  }
}

async function mayLeaveWorkspace(outside: string | undefined): Promise<boolean> {
  if (outside === undefined) return true;
  return isAllowed([outside], vscode.l10n.t('This leads out of the workspace: {0}', outside));
}

async function mayAttach(sensitive: readonly string[]): Promise<boolean> {
  const asked = sensitive.filter(path => !allowed.has(path));
  if (asked.length === 0) return true;
  const named = listText(asked.slice(0, 5), vscode.env.language);
  const text =
    asked.length === 1
      ? vscode.l10n.t('{0} contains what looks like secrets.', named)
      : vscode.l10n.t('These files contain what looks like secrets: {0}', asked.length > 5 ? `${named}, …` : named);
  return isAllowed(asked, text);
}

async function isAllowed(asked: readonly string[], text: string): Promise<boolean> {
  if (asked.every(path => allowed.has(path))) return true;
  const attach = vscode.l10n.t('Attach Anyway');
  const detail = vscode.l10n.t('What is attached goes to the endpoint with your message.');
  if (!(await askFirst('warning', text, detail, attach))) return false;
  for (const path of asked) allowed.add(path);
  return true;
}
