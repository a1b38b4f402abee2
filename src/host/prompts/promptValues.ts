import * as vscode from 'vscode';
import { excerptHeading } from '../../core/context/prompts.ts';
import {
  type PromptValue,
  type PromptValues,
  type PromptVariable,
  variablesIn,
} from '../../core/prompts/expandPrompt.ts';
import type { Excerpt } from '../../shared/attachment.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { gitApi, type GitRepository, stagedPatch, uncommittedPatch, unstagedPatch } from '../workspace/git.ts';

const mostProblems = 50;

/** What the variables of a prompt stand for now; only those that it uses are looked for. */
export async function readPromptValues(
  text: string,
  input: string,
  excerpts: readonly Excerpt[],
): Promise<PromptValues> {
  const [excerpt, ...others] = excerpts;
  const document = vscode.window.activeTextEditor?.document;
  const values: PromptValues = { input: { text: input } };
  const readers: Partial<Record<PromptVariable, () => PromptValue | Promise<PromptValue>>> = {
    file: () => ({ text: excerpt?.path ?? (document ? displayPath(document.uri) : '') }),
    language: () => ({ text: excerpt?.languageId ?? document?.languageId ?? '' }),
    selection: () =>
      excerpt ? { ...valueOf(excerpt), ...(others.length > 0 && { others: others.map(valueOf) }) } : { text: '' },
    problems: () => ({ text: document ? problemsOf(document.uri, excerpts) : '' }),
    diff: async () => ({ text: await gitDiff(uncommittedPatch), language: 'diff' }),
    'diff:staged': async () => ({ text: await gitDiff(stagedPatch), language: 'diff' }),
    'diff:unstaged': async () => ({ text: await gitDiff(unstagedPatch), language: 'diff' }),
  };
  for (const name of variablesIn(text)) {
    const value = await readers[name]?.();
    if (value) values[name] = value;
  }
  return values;
}

function valueOf(excerpt: Excerpt): PromptValue {
  return { text: excerpt.code, language: excerpt.languageId, heading: excerptHeading(excerpt) };
}

/** The problems that the editor knows of in a file, or in the lines of the excerpts, where there are any. */
function problemsOf(uri: vscode.Uri, excerpts: readonly Excerpt[]): string {
  const isIn = ({ start, end }: vscode.Range): boolean =>
    excerpts.length === 0 ||
    excerpts.some(({ startLine, endLine }) => end.line >= startLine - 1 && start.line <= endLine - 1);
  const problems = vscode.languages
    .getDiagnostics(uri)
    .filter(({ range }) => isIn(range))
    .sort((one, other) => one.severity - other.severity || one.range.start.line - other.range.start.line)
    .slice(0, mostProblems);
  const mark = problems.length > 1 ? '- ' : '';
  return problems.map(problem => `${mark}${describe(problem)}`).join('\n');
}

const severities = ['error', 'warning', 'information', 'hint'];

function describe({ range, severity, message, source }: vscode.Diagnostic): string {
  const who = source === undefined ? '' : ` (${source})`;
  return `line ${range.start.line + 1}, ${severities[severity] ?? 'error'}: ${message.replace(/\s*\n\s*/g, ' ')}${who}`;
}

/** Of the repository that the open file belongs to. */
async function gitDiff(patch: (repository: GitRepository) => Promise<string>): Promise<string> {
  const git = await gitApi();
  const uri = vscode.window.activeTextEditor?.document.uri;
  const repository = (uri && git?.getRepository(uri)) ?? git?.repositories[0];
  return repository ? (await patch(repository)).trimEnd() : '';
}
