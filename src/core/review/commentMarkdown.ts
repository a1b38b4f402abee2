import type { Finding } from '../../shared/conversation.ts';
import { codeParts } from '../../shared/codeMarks.ts';
import { fenceFor } from '../context/prompts.ts';

/**
 * The text of a comment thread. The editor's own markdown loads images and an image's address can carry the
 * conversation out, so an image becomes a link: a zero-width space parts the `!` from the `[`.
 */
export function commentMarkdown(finding: Finding, languageId: string, suggestionHeading: string): string {
  const parts = [`**${titleMarkdown(finding.title)}**`, withoutImages(finding.explanation)];
  if (finding.replacement !== undefined) {
    const fence = fenceFor(finding.replacement);
    parts.push(`${suggestionHeading}\n\n${fence}${languageId}\n${finding.replacement}\n${fence}`);
  }
  return parts.filter(part => part !== '').join('\n\n');
}

function titleMarkdown(title: string): string {
  const line = title.replace(/\s+/g, ' ');
  return codeParts(line)
    .map(({ text, isCode }) => (isCode ? `\`${text}\`` : escapeInline(text)))
    .join('');
}

function escapeInline(text: string): string {
  return withoutImages(text.replace(/[\\*_`<>[\]]/g, '\\$&'));
}

function withoutImages(markdown: string): string {
  return markdown.replace(/!(?=\\?\[)/g, '!\u200b');
}
