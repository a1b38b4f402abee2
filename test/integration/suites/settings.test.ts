import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('The settings', () => {
  for (const name of ['baseUrl', 'transport', 'models', 'budgetPerDay', 'budgetPerMonth']) {
    test(`${name} is the user’s alone: a folder can’t set it`, async () => {
      const config = vscode.workspace.getConfiguration('marginalia');
      const before = config.get(name);
      await assert.rejects(async () => {
        await config.update(name, 'https://elsewhere.example', vscode.ConfigurationTarget.Workspace);
      });
      assert.deepEqual(vscode.workspace.getConfiguration('marginalia').get(name), before);
    });
  }

  test('what is unset has no value that would be sent', () => {
    const config = vscode.workspace.getConfiguration('marginalia');
    for (const name of ['temperature', 'topP', 'topK']) assert.equal(config.get(name), null, name);
    assert.deepEqual(config.get('stopSequences'), []);
    assert.equal(config.get('metadataUserId'), '');
  });
});
