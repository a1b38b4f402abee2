import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('A review', () => {
  test('puts its findings into Problems at the lines they quote, and Clear takes them away', async () => {
    const document = await open('src/customers.ts');
    await vscode.commands.executeCommand('marginalia.reviewFile');
    const findings = await findingsOf(document.uri, found => found.length > 0);
    const quoted = findings.map(({ range, message }) => [message, document.lineAt(range.start.line).text.trim()]);
    assert.deepEqual(
      quoted.map(([message]) => message),
      [
        'apiToken is a secret in the source',
        'SQL is built from parts',
        'An error disappears here',
        'eval runs any code that it is given',
      ],
    );
    assert.match(quoted[0]?.[1] ?? '', /apiToken = /);
    assert.match(quoted[3]?.[1] ?? '', /eval\(/);
    await vscode.commands.executeCommand('marginalia.clearReview');
    await findingsOf(document.uri, found => found.length === 0);
  });

  test('follows its code through an edit, and lets go of it when it is gone', async () => {
    const document = await open('src/customers.ts');
    await vscode.commands.executeCommand('marginalia.reviewFile');
    const before = await findingsOf(document.uri, found => found.length > 0);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// one\n// two\n');
    await vscode.workspace.applyEdit(edit);
    const moved = await findingsOf(document.uri, found => found[0]?.range.start.line !== before[0]?.range.start.line);
    assert.equal(moved[0]?.range.start.line, (before[0]?.range.start.line ?? 0) + 2);

    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, document.lineAt(2).rangeIncludingLineBreak);
    await vscode.workspace.applyEdit(removal);
    const left = await findingsOf(document.uri, found => found.length < before.length);
    assert.equal(
      left.some(({ message }) => message.includes('secret')),
      false,
    );
    await vscode.commands.executeCommand('marginalia.clearReview');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('offers its suggestion as a quick fix that is one step to undo', async () => {
    const document = await open('src/customers.ts');
    const original = document.getText();
    await vscode.commands.executeCommand('marginalia.reviewFile');
    const [finding] = await findingsOf(document.uri, found => found.length > 0);
    assert.ok(finding);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const apply = actions.find(({ command }) => command?.command === 'marginalia.applySuggestion');
    assert.ok(apply?.command);
    await vscode.commands.executeCommand(apply.command.command, ...(apply.command.arguments as unknown[]));
    assert.match(document.lineAt(0).text, /process\.env/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), original);
    await vscode.commands.executeCommand('marginalia.clearReview');
  });
});

async function open(path: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Ours, once they are as they should be. */
async function findingsOf(uri: vscode.Uri, are: (found: vscode.Diagnostic[]) => boolean): Promise<vscode.Diagnostic[]> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Marginalia');
    if (are(found)) return found.sort((a, b) => a.range.start.line - b.range.start.line);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('The findings did not come to be as they should.');
}
