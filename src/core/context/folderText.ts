import { fenceFor } from './prompts.ts';

/** A file of a folder, or why it is not sent. */
export interface FolderFile {
  /** Relative to the workspace folder, with `/` between the parts. */
  path: string;
  content: { type: 'text'; text: string } | { type: 'left'; why: FolderLeft };
}

/** Why a file of a folder is listed and not sent. */
export type FolderLeft = 'binary' | 'tooLarge' | 'sensitive' | 'unreadable' | 'tooMany';

const reasons: Record<FolderLeft, string> = {
  binary: 'binary, not included',
  tooLarge: 'too large, not included',
  sensitive: 'may hold secrets, not included',
  unreadable: 'unreadable, not included',
  tooMany: 'not included',
};

/** The list of a folder's files, and the text of those that are sent. */
export function folderText(files: readonly FolderFile[], unlisted: number): string {
  const rows = files.map(({ path, content }) => (content.type === 'text' ? path : `${path} (${reasons[content.why]})`));
  if (unlisted > 0) rows.push(`and ${unlisted} more`);
  const texts = files.flatMap(({ path, content }) => {
    if (content.type === 'left') return [];
    const fence = fenceFor(content.text);
    return [`File: ${path}\n${fence}${extensionOf(path)}\n${content.text.replace(/\n$/, '')}\n${fence}`];
  });
  return [rows.join('\n'), ...texts].join('\n\n');
}

function extensionOf(path: string): string {
  return /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
