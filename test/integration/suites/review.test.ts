import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../../harness/drive/eventually.ts';

/** What the demo endpoint finds in `src/customers.ts`, from its top to its end. */
const messages = [
  'apiToken is a secret in the source',
  'SQL is built from parts',
  'An error disappears here',
  'eval runs any code that it is given',
];

suite('A review', () => {
  test('puts its findings into Problems at the lines they quote, and Clear takes them away', async () => {
    const document = await open('src/customers.ts');
    const findings = await review(document);
    const quoted = findings.map(({ range }) => document.lineAt(range.start.line).text.trim());
    assert.match(quoted[0] ?? '', /apiToken = /);
    assert.match(quoted[3] ?? '', /eval\(/);
    await clear(document);
  });

  test('follows its code through an edit, and lets go of it when it is gone', async () => {
    const document = await open('src/customers.ts');
    const before = (await review(document)).map(lineOf);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// one\n// two\n');
    await vscode.workspace.applyEdit(edit);
    const moved = before.map(line => line + 2);
    await eventually(() => assert.deepEqual(findingsIn(document).map(lineOf), moved));

    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, document.lineAt(2).rangeIncludingLineBreak);
    await vscode.workspace.applyEdit(removal);
    await eventually(() => assert.deepEqual(findingsIn(document).map(messageOf), messages.slice(1)));
    await clear(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('offers its suggestion as a quick fix that is one step to undo', async () => {
    const document = await open('src/customers.ts');
    const original = document.getText();
    const [finding] = await review(document);
    assert.ok(finding);
    // The editor asks the provider of fixes a moment after it has shown the findings.
    const command = await eventually(async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const apply = actions.find(action => action.command?.command === 'marginalia.applySuggestion');
      assert.ok(apply?.command);
      return apply.command;
    });
    await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
    await eventually(() => assert.match(document.lineAt(0).text, /process\.env/));
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(document.getText(), original));
    await clear(document);
  });
});

async function open(path: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Reviews the document and gives its findings, once all of them are shown. */
async function review(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  await vscode.commands.executeCommand('marginalia.reviewFile');
  return eventually(() => {
    const found = findingsIn(document);
    assert.deepEqual(found.map(messageOf), messages);
    return found;
  });
}

async function clear(document: vscode.TextDocument): Promise<void> {
  await vscode.commands.executeCommand('marginalia.clearReview');
  await eventually(() => assert.deepEqual(findingsIn(document), []));
}

function findingsIn({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Marginalia');
  return found.sort((a, b) => a.range.start.line - b.range.start.line);
}

function lineOf({ range }: vscode.Diagnostic): number {
  return range.start.line;
}

function messageOf({ message }: vscode.Diagnostic): string {
  return message;
}
