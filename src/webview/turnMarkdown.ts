import type { AssistantTurn, Excerpt, Finding, Turn } from '../shared/conversation.ts';

/** A turn as Markdown, for the clipboard. */
export function turnMarkdown(turn: Turn): string {
  if (turn.role === 'assistant') return answerMarkdown(turn);
  return [turn.text, ...turn.excerpts.map(excerptMarkdown)].filter(part => part !== '').join('\n\n');
}

function answerMarkdown(turn: AssistantTurn): string {
  const text = turn.blocks.filter(block => block.type === 'text').map(block => block.text.trim());
  return [...text, ...(turn.findings ?? []).map(findingMarkdown)].filter(part => part !== '').join('\n\n');
}

function excerptMarkdown(excerpt: Excerpt): string {
  return `\`${excerpt.path}:${lineRange(excerpt.startLine, excerpt.endLine)}\`\n\n${fenced(excerpt.languageId, excerpt.code)}`;
}

function findingMarkdown(finding: Finding): string {
  const place = finding.placement.placed ? `${finding.path}:${finding.placement.line}` : finding.path;
  const parts = [`### ${finding.title}`, `${finding.severity} · \`${place}\``, finding.explanation.trim()];
  if (finding.replacement !== undefined) parts.push(fenced('', finding.replacement));
  return parts.filter(part => part !== '').join('\n\n');
}

/** The lines of an excerpt as the reader sees them. */
export function lineRange(startLine: number, endLine: number): string {
  return startLine === endLine ? String(startLine) : `${startLine}–${endLine}`;
}

/** In a fence that is longer than any inside of the code. */
function fenced(language: string, code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n$/, '')}\n${fence}`;
}
