import type { Attachment, Excerpt } from './attachment.ts';
import {
  type AnswerBlock,
  type AssistantTurn,
  excerptsOf,
  type ToolResult,
  type Turn,
  type UserTurn,
} from './conversation.ts';
import { type Finding, reportToolName } from './finding.ts';
import { keptBackOf } from './moderation.ts';

/** A conversation as Markdown to be read: its title, and every turn under a heading. */
export function conversationMarkdown(title: string, turns: readonly Turn[]): string {
  const parts = turns
    .filter(turn => turn.role === 'assistant' || !turn.handsBack)
    .map(turn => `## ${headingOf(turn)}\n\n${turnMarkdown(turn)}`.trimEnd());
  return `${[`# ${oneLine(title)}`, ...parts].join('\n\n')}\n`;
}

/** A turn as Markdown, for the clipboard. */
export function turnMarkdown(turn: Turn): string {
  return (turn.role === 'user' ? promptParts(turn) : answerParts(turn)).filter(part => part !== '').join('\n\n');
}

/** Who speaks. */
export function headingOf(turn: { role: 'user' } | { role: 'assistant'; model: string }): string {
  return turn.role === 'user' ? 'You' : oneLine(turn.model) || 'Assistant';
}

function promptParts(turn: UserTurn): string[] {
  const { text, attachments = [], toolResults = [] } = turn;
  return [
    text,
    ...attachments.map(attachmentMarkdown),
    ...toolResults.map(result => `${resultLabel(result)}\n\n${fenced('', result.text)}`),
    ...excerptsOf(turn).map(excerpt => `${excerptLabel(excerpt)}\n\n${fenced(excerpt.languageId, excerpt.code)}`),
  ];
}

function answerParts(turn: AssistantTurn): string[] {
  if (keptBackOf(turn)) return [];
  const { blocks, findings, calls = [] } = turn;
  return [
    ...blocks.flatMap((block, at) => {
      const result = calls.find(({ index }) => index === at)?.result;
      const brought = result
        ? [`${resultLabel(result)}\n\n${fenced('', result.text)}`, ...(result.images ?? []).map(attachmentLabel)]
        : [];
      return [blockMarkdown(block, findings !== undefined), ...brought];
    }),
    ...(findings ?? []).map(findingMarkdown),
  ];
}

function blockMarkdown(block: AnswerBlock, isReview: boolean): string {
  if (block.type === 'text') return block.text.trim();
  // What a review reports stands below as findings.
  if (block.type !== 'toolUse' || (isReview && block.name === reportToolName)) return '';
  return `${toolUseLabel(block.name)}\n\n${fenced('json', block.text)}`;
}

export function excerptLabel({ path, startLine, endLine }: Excerpt): string {
  return codeSpan(`${path}:${lineRange(startLine, endLine)}`);
}

export /** Attached code stands with the other excerpts. */
function attachmentMarkdown(attachment: Attachment): string {
  if (attachment.kind === 'code') return '';
  if (attachment.kind !== 'text') return attachmentLabel(attachment);
  return `${attachment.heading}\n\n${fenced(attachment.languageId, attachment.text)}`;
}

export function attachmentLabel(attachment: Attachment): string {
  const kinds: Record<string, string> = { image: 'Image', document: 'Document' };
  return `**${kinds[attachment.kind] ?? 'Attached'}:** ${codeSpan(attachment.name)}`;
}

export function resultLabel({ isError }: Pick<ToolResult, 'isError'>): string {
  return isError ? '**The tool failed**' : '**Result of the tool**';
}

export function toolUseLabel(name: string): string {
  return `**Tool use:** ${codeSpan(name)}`;
}

export function findingMarkdown(finding: Finding): string {
  return [findingHeading(finding), findingBody(finding)].join('\n\n');
}

export function findingHeading({ title }: Finding): string {
  return `### ${oneLine(title)}`;
}

export function findingBody({ placement, path, severity, explanation, replacement }: Finding): string {
  const place = placement.placed ? `${path}:${placement.line}` : path;
  const parts = [`${severity} · ${codeSpan(place)}`, explanation.trim()];
  if (replacement !== undefined) parts.push(fenced('', replacement));
  return parts.filter(part => part !== '').join('\n\n');
}

/** The lines of an excerpt as the reader sees them. */
export function lineRange(startLine: number, endLine: number): string {
  return startLine === endLine ? String(startLine) : `${startLine}–${endLine}`;
}

/** In a fence that is longer than any inside of the code. */
export function fenced(language: string, code: string): string {
  const fence = fenceAround(code);
  return `${fence}${language}\n${code.replace(/\n$/, '')}\n${fence}`;
}

export function fenceAround(code: string): string {
  return '`'.repeat(Math.max(2, longestRun(code)) + 1);
}

/** Code within a line; backticks inside of it do not end it. */
function codeSpan(text: string): string {
  const line = oneLine(text);
  if (!line.includes('`')) return `\`${line}\``;
  const ticks = '`'.repeat(longestRun(line) + 1);
  return `${ticks} ${line} ${ticks}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
