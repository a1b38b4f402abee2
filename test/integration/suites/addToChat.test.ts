import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../../../harness/drive/eventually.ts';

/*
 * Every menu entry “Add to Chat”, run with what the editor passes to commands of that menu. Only a hand opens a menu, so
 * here the arguments are put together from the editor's own objects: its terminals, and the groups and files of the git
 * extension, as that extension holds them. `test/journeys/addToChat.test.ts` opens the menus. That of a problem takes no
 * entries of extensions; ours stands in the title of the Problems view, and gets no arguments.
 */
suite('Add to Chat', () => {
  setup(() => vscode.commands.executeCommand('marginalia.newConversation'));
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('from the explorer takes the file that was clicked', async () => {
    const orders = at('src/orders.ts');
    await vscode.commands.executeCommand('marginalia.addToChat', orders, [orders]);
    assertStarts(await attached(), ['File: src/orders.ts (lines 1-43, typescript)']);
  });

  test('from the explorer takes all that is selected, files and folders', async () => {
    const [orders, prices, scripts] = [at('src/orders.ts'), at('src/prices.ts'), at('scripts')];
    await vscode.commands.executeCommand('marginalia.addToChat', prices, [orders, prices, scripts]);
    assertStarts(await attached(), ['File: src/orders.ts (', 'File: src/prices.ts (', 'Folder: scripts\n']);
  });

  test('from a tab takes its file, shown or not, and what is not saved yet', async () => {
    await open('README.md');
    const place = { groupId: 0, editorIndex: 0 };
    await vscode.commands.executeCommand('marginalia.addToChat', at('src/prices.ts'), place);
    const untitled = await vscode.workspace.openTextDocument({ content: 'Only in the editor\n' });
    await vscode.commands.executeCommand('marginalia.addToChat', untitled.uri, place);
    const [file, unsaved = ''] = await attached();
    assert.match(file ?? '', /^File: src\/prices\.ts \(/);
    assert.match(unsaved, /^File: Untitled-1 [^]*Only in the editor/);
  });

  test('from the editor takes each selection, and the symbol at the cursor where nothing is selected', async () => {
    const editor = await open('src/orders.ts');
    editor.selections = [new vscode.Selection(0, 0, 2, 0), new vscode.Selection(15, 0, 22, 0)];
    await vscode.commands.executeCommand('marginalia.addSelection', editor.document.uri);
    assertStarts(await attached(), ['File: src/orders.ts (lines 1-2,', 'File: src/orders.ts (lines 16-22,']);

    await vscode.commands.executeCommand('marginalia.newConversation');
    await open('src/orders.ts', new vscode.Selection(17, 4, 17, 4));
    await eventually(async () => {
      await vscode.commands.executeCommand('marginalia.addSelection', editor.document.uri);
      const [symbol = ''] = await attached();
      assert.match(symbol, /^File: src\/orders\.ts \(lines 16-22,[^]*function subtotal\(/);
    });
  });

  test('from the editor takes the whole file', async () => {
    const { document } = await open('src/orders.ts', new vscode.Selection(15, 0, 22, 0));
    await vscode.commands.executeCommand('marginalia.addFile', document.uri);
    assertStarts(await attached(), ['File: src/orders.ts (lines 1-43, typescript)']);
  });

  test('from the Problems view takes what the editor reports', async () => {
    const problems = vscode.languages.createDiagnosticCollection('suite');
    try {
      const [orders, prices] = [at('src/orders.ts'), at('src/prices.ts')];
      problems.set(orders, [new vscode.Diagnostic(new vscode.Range(2, 4, 2, 8), 'Found by the suite')]);
      problems.set(prices, [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), 'Another one')]);
      await vscode.commands.executeCommand('marginalia.addProblems');
      const [text = ''] = await attached();
      assert.match(text, /^Problems that the editor reports:\n/);
      assert.match(text, /- src\/orders\.ts:3:5 error: Found by the suite/);
      assert.match(text, /- src\/prices\.ts:1:1 error: Another one/);
    } finally {
      problems.dispose();
    }
  });

  test('from a terminal takes what is selected in the one that was clicked', async () => {
    const [first, second] = [await terminalThatSays('first'), await terminalThatSays('second')];
    try {
      for (const terminal of [second, first]) await selectAll(terminal);
      assert.equal(vscode.window.activeTerminal, first);
      await vscode.commands.executeCommand('marginalia.addTerminalSelection', first, [first]);
      await vscode.commands.executeCommand('marginalia.addTerminalSelection', second, [second]);
      const [one = '', other = ''] = await attached();
      assert.match(one, /^Selected in the terminal “first”:\n```text\nfirst was here/);
      assert.match(other, /^Selected in the terminal “second”:\n```text\nsecond was here/);
    } finally {
      first.dispose();
      second.dispose();
    }
  });
});

suite('Add Changes to Chat', () => {
  setup(() => vscode.commands.executeCommand('marginalia.newConversation'));
  teardown(async () => {
    git('reset', '--quiet');
    await rm(at('src/added.ts').fsPath, { force: true });
    await repository().status();
  });

  test('takes a file of the source control view', async () => {
    const [prices] = await states('src/prices.ts');
    await vscode.commands.executeCommand('marginalia.addChanges', prices);
    const [patch = ''] = await attached();
    assert.match(patch, /^Uncommitted changes in src\/prices\.ts:\n```diff\ndiff --git a\/src\/prices\.ts/);
  });

  test('takes all files that are selected, and those of a folder, each once', async () => {
    await writeFile(at('src/added.ts').fsPath, 'export const added = 1;\n');
    const chosen = await states('src/prices.ts', 'src/added.ts');
    // As it is where a folder is selected together with a file of it.
    await vscode.commands.executeCommand('marginalia.addChanges', ...chosen, ...chosen);
    const [patch = '', ...more] = await attached();
    assert.deepEqual(more, []);
    assert.match(patch, /^Uncommitted changes in src\/prices\.ts, src\/added\.ts:\n/);
    assert.equal(patch.match(/^diff --git/gm)?.length, 2);
    assert.match(patch, /\+export const added = 1;/);
  });

  test('takes a group: what is staged, or what is not', async () => {
    git('add', 'src/prices.ts');
    await writeFile(at('src/added.ts').fsPath, 'export const added = 1;\n');
    await states('src/added.ts');
    const { indexGroup, workingTreeGroup } = repository();
    await vscode.commands.executeCommand('marginalia.addChanges', indexGroup);
    await vscode.commands.executeCommand('marginalia.addChanges', workingTreeGroup);
    const [staged = '', unstaged = ''] = await attached();
    assert.match(staged, /^Staged changes in workspace:\n```diff\ndiff --git a\/src\/prices\.ts/);
    assert.match(unstaged, /^Changes in workspace that are not staged:\n/);
    assert.match(unstaged, /\+export const added = 1;/);
    assert.doesNotMatch(unstaged, /prices\.ts/);
  });

  test('takes of a group of untracked files no other changes', async () => {
    const configuration = vscode.workspace.getConfiguration('git');
    await configuration.update('untrackedChanges', 'separate', vscode.ConfigurationTarget.Global);
    try {
      await writeFile(at('src/added.ts').fsPath, 'export const added = 1;\n');
      await eventually(async () => {
        await repository().status();
        assert.notEqual(repository().untrackedGroup.resourceStates.length, 0);
      });
      await vscode.commands.executeCommand('marginalia.addChanges', repository().untrackedGroup);
      const [added = ''] = await attached();
      assert.match(added, /\+export const added = 1;/);
      assert.doesNotMatch(added, /prices\.ts/);
    } finally {
      await configuration.update('untrackedChanges', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

/** What stands beside the message in the request that would go out now. */
async function attached(): Promise<string[]> {
  await vscode.commands.executeCommand('marginalia.copyRequest');
  const body = JSON.parse(await vscode.env.clipboard.readText()) as {
    messages: { content: string | { type: string; text?: string }[] }[];
  };
  const content = body.messages.at(-1)?.content ?? [];
  return typeof content === 'string' ? [content] : content.map(({ text = '' }) => text);
}

function assertStarts(texts: readonly string[], starts: readonly string[]): void {
  assert.deepEqual(
    texts.map((text, index) => text.slice(0, starts[index]?.length)),
    starts,
  );
}

function at(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, path);
}

async function open(path: string, selection?: vscode.Selection): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(at(path), selection ? { selection } : {});
}

/** A terminal without a shell. */
async function terminalThatSays(name: string): Promise<vscode.Terminal> {
  const written = new vscode.EventEmitter<string>();
  const opened = Promise.withResolvers<undefined>();
  const terminal = vscode.window.createTerminal({
    name,
    pty: { onDidWrite: written.event, open: () => opened.resolve(undefined), close: () => written.dispose() },
  });
  terminal.show(true);
  await opened.promise;
  written.fire(`${name} was here\r\n`);
  return terminal;
}

async function selectAll(terminal: vscode.Terminal): Promise<void> {
  terminal.show(true);
  await eventually(async () => {
    assert.equal(vscode.window.activeTerminal, terminal);
    await vscode.commands.executeCommand('workbench.action.terminal.selectAll');
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    assert.match(await vscode.env.clipboard.readText(), new RegExp(`^${terminal.name} was here`));
  });
}

/** What the git extension passes to the source control view, which its API leaves out. */
interface Repository {
  indexGroup: vscode.SourceControlResourceGroup;
  workingTreeGroup: vscode.SourceControlResourceGroup;
  untrackedGroup: vscode.SourceControlResourceGroup;
  status(): Promise<void>;
}

function repository(): Repository {
  const extension = vscode.extensions.getExtension<{ model?: { repositories: Repository[] } }>('vscode.git');
  const [found] = extension?.exports.model?.repositories ?? [];
  assert.ok(found);
  return found;
}

/** Of files that are not staged, once the git extension has found them. */
async function states(...paths: string[]): Promise<vscode.SourceControlResourceState[]> {
  await vscode.extensions.getExtension('vscode.git')?.activate();
  return eventually(async () => {
    await repository().status();
    return paths.map(path => {
      const { resourceStates } = repository().workingTreeGroup;
      const found = resourceStates.find(({ resourceUri }) => resourceUri.toString() === at(path).toString());
      assert.ok(found, path);
      return found;
    });
  });
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: at('.').fsPath, stdio: 'ignore' });
}
