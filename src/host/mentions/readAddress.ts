import * as vscode from 'vscode';
import { readAddress } from '../../core/context/attachment.ts';
import { askForText } from '../show.ts';
import { refusalText } from './refusalText.ts';
import type { Reader } from './reading.ts';

/** Asks for the address of an image or a PDF, which the endpoint is to fetch. */
export async function addressReaders(): Promise<Reader[]> {
  const address = await askForText({
    title: vscode.l10n.t('Attach from URL'),
    prompt: vscode.l10n.t('The address of an image or a PDF. The endpoint fetches it; this machine does not.'),
    placeHolder: 'https://',
    validateInput: text => {
      const read = readAddress('', text);
      return text === '' || read.ok ? undefined : refusalText(read.refusal, text, vscode.l10n.t);
    },
  });
  if (address === undefined || address === '') return [];
  return [
    id => {
      const read = readAddress(id, address);
      return read.ok
        ? { attachment: read.attachment, sensitive: [] }
        : { refusal: refusalText(read.refusal, address, vscode.l10n.t) };
    },
  ];
}
