import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../../harness/drive/eventually.ts';

suite('The lightbulb', () => {
  test('offers to explain a selection, to review it, and the prompts that change it', async () => {
    await vscode.extensions.getExtension('marginalia.marginalia')?.activate();
    // The editor learns of a provider a moment after the extension has registered it.
    await eventually(async () => {
      const titles = await actionsAt(new vscode.Range(15, 0, 21, 1));
      assert.deepEqual(titles.filter(title => title.includes('Marginalia')).sort(), [
        'Document with Marginalia',
        'Explain with Marginalia',
        'Fix with Marginalia',
        'Review with Marginalia',
        'Write Tests with Marginalia',
      ]);
    });
  });

  test('offers nothing where nothing is selected', async () => {
    const titles = await actionsAt(new vscode.Range(15, 0, 15, 0));
    assert.deepEqual(
      titles.filter(title => title.includes('Marginalia')),
      [],
    );
  });
});

async function actionsAt(range: vscode.Range): Promise<string[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'src/orders.ts'));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  );
  return actions.map(({ title }) => title);
}
