import * as vscode from 'vscode';
import { IgnoreRules, mostIgnoreBytes } from '../../core/context/ignoreRules.ts';
import { textWithin } from '../workspace/bytesWithin.ts';

/** What version control keeps is never what a user means. */
const alwaysExcluded = ['**/.git', '**/.hg', '**/.svn'];

/** Milliseconds for which a folder's `.gitignore` files are not read again where one file is asked about. */
const rulesLastMs = 10_000;

/**
 * The files below a folder of the workspace that the user would look for: without those that `files.exclude`,
 * `search.exclude` or a `.gitignore` leave out. In no order, and at most `limit` of them.
 */
export async function listFiles(folder: vscode.Uri, limit: number): Promise<vscode.Uri[]> {
  const root = vscode.workspace.getWorkspaceFolder(folder)?.uri ?? folder;
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/*'),
    excludePattern(folder),
    limit,
  );
  const rules = await ignoreRulesOf(root);
  return found.filter(uri => !rules.ignores(relativePath(root, uri)));
}

/** Whether version control keeps it, or a `.gitignore` leaves it out. */
export async function isIgnored(uri: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!root) return false;
  const path = relativePath(root, uri);
  return /(^|\/)\.(git|hg|svn)(\/|$)/.test(path) || (await rulesOf(root)).ignores(path);
}

/** Relative to a folder that holds it, with `/` between the parts. */
function relativePath(folder: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.slice(folder.path.replace(/\/$/, '').length + 1);
}

function excludePattern(folder: vscode.Uri): string {
  const excluded = (['files', 'search'] as const).flatMap(section => {
    const patterns = vscode.workspace.getConfiguration(section, folder).get<Record<string, unknown>>('exclude') ?? {};
    // One with a condition depends on a file beside it and is left to that.
    return Object.keys(patterns).filter(pattern => patterns[pattern] === true);
  });
  return `{${[...alwaysExcluded, ...excluded].join(',')}}`;
}

const known = new Map<string, { rules: Promise<IgnoreRules>; readAt: number }>();

function rulesOf(root: vscode.Uri): Promise<IgnoreRules> {
  const key = root.toString();
  const found = known.get(key);
  if (found && performance.now() - found.readAt < rulesLastMs) return found.rules;
  const rules = ignoreRulesOf(root);
  known.set(key, { rules, readAt: performance.now() });
  return rules;
}

/** Of all `.gitignore` files in a folder of the workspace. */
async function ignoreRulesOf(root: vscode.Uri): Promise<IgnoreRules> {
  const rules = new IgnoreRules();
  const pattern = new vscode.RelativePattern(root, '**/.gitignore');
  const files = await vscode.workspace.findFiles(pattern, excludePattern(root), 500);
  const texts = await Promise.all(
    files.map(async uri => ({ uri, text: (await textWithin(uri, mostIgnoreBytes)) ?? '' })),
  );
  for (const { uri, text } of texts) {
    rules.add(relativePath(root, uri).replace(/\/?\.gitignore$/, ''), text);
  }
  return rules;
}
