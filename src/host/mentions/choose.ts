import * as vscode from 'vscode';
import { shown } from '../../shared/shown.ts';
import { displayPath } from '../workspace/excerpts.ts';
import type { GitCommit, GitRepository } from '../workspace/git.ts';
import { createPicker, pickOne, shownItem } from '../show.ts';
import { findSymbols, type FoundSymbol, symbolIcon } from './symbols.ts';

/** Commits of the log that are offered. */
const mostCommits = 100;
const mostSymbols = 60;

export async function chooseFiles(): Promise<vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    ...startFolder(),
  });
  return chosen ?? [];
}

export async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Attach'),
    ...startFolder(),
  });
  return chosen?.[0];
}

function startFolder(): { defaultUri?: vscode.Uri } {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  return defaultUri ? { defaultUri } : {};
}

/** Asks only where there are several. */
export async function chooseRepository(repositories: readonly GitRepository[]): Promise<GitRepository | undefined> {
  if (repositories.length < 2) return repositories[0];
  const items = repositories.map(repository => ({ label: displayPath(repository.rootUri), repository }));
  const chosen = await pickOne(items, { placeHolder: vscode.l10n.t('Of which repository?') });
  return chosen?.repository;
}

export async function chooseCommit(repository: GitRepository): Promise<GitCommit | undefined> {
  const items = repository.log({ maxEntries: mostCommits }).then(
    commits =>
      commits.map(commit => ({
        label: commit.message.split('\n', 1)[0] ?? '',
        description: [commit.hash.slice(0, 8), commit.authorName].filter(part => part !== undefined).join(' · '),
        commit,
      })),
    // A repository without a commit has no log.
    () => [],
  );
  const placeHolder = vscode.l10n.t('Which commit’s changes?');
  return (await pickOne(items, { placeHolder, matchOnDescription: true }))?.commit;
}

/** A symbol of the open file or, by what is typed, of the workspace. */
export async function chooseSymbol(): Promise<FoundSymbol | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const pick = createPicker<vscode.QuickPickItem & { symbol: FoundSymbol }>();
  pick.placeholder = shown(vscode.l10n.t('The name of a function, a class, …'));
  let query = 0;
  const find = async (text: string): Promise<void> => {
    const current = ++query;
    pick.busy = true;
    const found = await findSymbols(text, document, mostSymbols);
    if (current !== query) return;
    pick.items = found.map(symbol =>
      shownItem({
        label: symbol.name,
        iconPath: new vscode.ThemeIcon(symbolIcon(symbol.kind)),
        description: `${displayPath(symbol.uri)}:${symbol.range.start.line + 1}`,
        alwaysShow: true,
        symbol,
      }),
    );
    pick.busy = false;
  };
  const chosen = await new Promise<FoundSymbol | undefined>(resolve => {
    pick.onDidChangeValue(text => void find(text));
    pick.onDidAccept(() => resolve(pick.selectedItems[0]?.symbol));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
    void find('');
  });
  query++;
  pick.dispose();
  return chosen;
}
