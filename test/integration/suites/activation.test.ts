import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  contributes: { commands: { command: string }[] };
}

suite('Activation', () => {
  test('every command of the manifest is registered', async () => {
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = extension().packageJSON as Manifest;
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  test('the editor is the one that was meant', () => {
    // A desktop editor may be any.
    assert.equal(vscode.version, process.env['MARGINALIA_TEST_EDITOR'] ?? vscode.version);
  });

  test('activating leaves undici’s global dispatcher slots as they were', async () => {
    const slots = [1, 2].map(version => Symbol.for(`undici.globalDispatcher.${version}`));
    const before = slots.map(slot => (globalThis as Record<symbol, unknown>)[slot]);
    await extension().activate();
    await vscode.commands.executeCommand('marginalia.chat.focus');
    assert.deepEqual(
      slots.map(slot => (globalThis as Record<symbol, unknown>)[slot]),
      before,
    );
  });
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('marginalia.marginalia');
  assert.ok(found);
  return found;
}
