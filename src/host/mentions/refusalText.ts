import * as vscode from 'vscode';
import type { Refusal } from '../../core/context/attachment.ts';

/** Why an image or a document was not attached. */
export function refusalText(refusal: Refusal, name: string): string {
  switch (refusal) {
    case 'empty':
      return vscode.l10n.t('{0} is empty.', name);
    case 'unknownType':
      return vscode.l10n.t('{0} is no image and no PDF that the endpoint takes: PNG, JPEG, GIF, WebP or PDF.', name);
    case 'imageTooLarge':
      return vscode.l10n.t('{0} is too large: 3.75 MB are the most for an image.', name);
    case 'documentTooLarge':
      return vscode.l10n.t('{0} is too large: 20 MB are the most for a PDF.', name);
    case 'badAddress':
      return vscode.l10n.t('An address that begins with https:// is needed.');
  }
}
