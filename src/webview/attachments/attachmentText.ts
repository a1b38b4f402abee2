import type { Attachment } from '../../shared/attachment.ts';
import { t } from '../ui/l10n.ts';
import { lineRange } from '../../shared/turnMarkdown.ts';
import { language } from '../ui/language.ts';

/** The codicon of its kind, or of what follows the editor. */
export function attachmentIcon(attachment: Attachment): string {
  if (isLive(attachment)) return 'eye';
  switch (attachment.kind) {
    case 'image':
      return 'file-media';
    case 'document':
      return 'file-pdf';
    case 'code':
      return { file: 'file', selection: 'file-code', symbol: 'symbol-method' }[attachment.subject];
    case 'text':
      return {
        folder: 'folder',
        problems: 'warning',
        changes: 'git-compare',
        terminal: 'terminal',
        resource: 'server',
        conversation: 'comment-discussion',
      }[attachment.subject];
  }
}

/** What it is in full, as the tooltip of a chip says it. */
export function attachmentDetail(attachment: Attachment): string {
  const tokens =
    attachment.tokens === undefined ? '' : t('about {0} tokens', attachment.tokens.toLocaleString(language()));
  const follows = isLive(attachment) ? t('Follows the editor until it is sent') : '';
  return [placeOf(attachment), tokens, follows].filter(part => part !== '').join('\n');
}

/** Whether it is what the editor shows, and changes with it. */
export function isLive(attachment: Attachment): boolean {
  return attachment.kind === 'code' && attachment.isLive === true;
}

function placeOf(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'code': {
      const { path, startLine, endLine } = attachment.excerpt;
      return `${path}:${lineRange(startLine, endLine)}`;
    }
    case 'text':
      return attachment.note === undefined ? attachment.heading : `${attachment.heading}\n${attachment.note}`;
    case 'image':
    case 'document':
      return attachment.source.type === 'url' ? attachment.source.url : attachment.name;
  }
}

/** Tokens in as little room as there is on a chip. */
export function shortTokens(tokens: number): string {
  return new Intl.NumberFormat(language(), { notation: 'compact', maximumFractionDigits: 1 }).format(tokens);
}
