import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileContent } from '../../src/core/checkpoints/checkpoint.ts';
import { openSqliteCheckpoints } from '../../src/core/checkpoints/sqliteCheckpoints.ts';
import type { AnswerRecord } from '../../src/core/conversation/turns.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { sampleWorkspace } from '../support/bareEditor/document.ts';
import type { BareWorkbench } from '../support/bareEditor/bareWorkbench.ts';
import { answered, asked, storeTurns } from '../support/storedConversation.ts';
import { view } from '../support/view.ts';

const name = 'Go back to before this message?';

const textOf = (text: string): FileContent => ({ disk: new TextEncoder().encode(text) });
const now = (path: string): FileContent => ({ disk: new Uint8Array(readFileSync(join(sampleWorkspace, path))) });

/** A conversation whose second turn has changed files of the sample workspace, some of which others have changed since. */
function storeChanged(profile: string): string {
  const changing = asked('Change them.');
  const call: AnswerRecord = {
    ...answered([{ type: 'tool_use', id: 'call', name: 'str_replace_based_edit_tool', inputJson: '{}', input: {} }]),
    calls: [
      {
        index: 0,
        state: 'done',
        line: { action: 'replace', subject: 'src/prices.ts' },
        result: { text: 'ok', isError: false },
      },
    ],
  };
  const turns = [asked('Hello.'), answered([{ type: 'text', text: 'Hi.' }]), changing, call];
  const later = [asked('Thanks.'), answered([{ type: 'text', text: 'Welcome.' }])];
  const conversationId = storeTurns(profile, 'Changes', [...turns, ...later]);
  const kept = openSqliteCheckpoints(join(profile, 'data/User/globalStorage/marginalia.marginalia/checkpoints.sqlite'));
  const change = (path: string, before: FileContent | null, after?: FileContent | null): void => {
    const address = pathToFileURL(join(sampleWorkspace, path)).href;
    const seq = kept.begin({ conversationId, turnId: changing.id, restoreId: null, address, path, before });
    if (after !== undefined) kept.end(seq, after);
  };
  change('src/prices.ts', textOf('before'), now('src/prices.ts'));
  change('src/orders.ts', textOf('before, too'), textOf('not what it says now'));
  change('src/customers.ts', null, now('src/customers.ts'));
  change('src/gone.ts', textOf('gone'), null);
  change('README.md', textOf('lost'), now('README.md'));
  kept.database.exec(`DELETE FROM contents WHERE size = 4 AND bytes = CAST('lost' AS BLOB)`);
  kept.close();
  return conversationId;
}

async function openChanged(workbench: BareWorkbench, profile: string): Promise<Chat> {
  workbench.remember(storeChanged(profile));
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  await chat.questions.nth(2).waitFor();
  return chat;
}

view('what a restore would do is shown first, and nothing of others’ is ticked', async ({ workbench, profile }) => {
  const chat = await openChanged(workbench, profile);
  await chat.questions.nth(1).hover();
  const open = chat.questions.nth(1).getByRole('button', { name: 'Restore…' });
  await open.focus();
  await open.press('Enter');
  const card = chat.frame.getByRole('alertdialog', { name });
  await card.getByRole('checkbox').nth(3).waitFor();
  await chat.until(`document.activeElement?.getAttribute('role') === 'alertdialog'`);
  const lines = await card.getByRole('listitem').allInnerTexts();
  assert.deepEqual(
    lines.map(line => line.replace(/\s+/g, ' ').trim()),
    [
      'src/customers.ts deleted',
      'src/gone.ts created again',
      'src/orders.ts changed back; changed since',
      'src/prices.ts changed back',
    ],
  );
  const boxes = await card.getByRole('checkbox').all();
  assert.deepEqual(await Promise.all(boxes.map(box => box.isChecked())), [true, true, false, true]);
  await card.getByText('No longer kept, or too large to be, and left as they are: README.md').waitFor();
  await card.getByRole('button', { name: 'Files and Conversation' }).waitFor();
  await card.getByRole('button', { name: 'Files Only' }).waitFor();

  await boxes[2]?.press('Space');
  assert.equal(await boxes[2]?.isChecked(), true);
  await boxes[2]?.press('Escape');
  await card.waitFor({ state: 'detached' });
  await chat.until(`document.activeElement?.id === 'composer'`);
});

view('it is offered where something was changed since, and by a command', async ({ workbench, profile }) => {
  const chat = await openChanged(workbench, profile);
  const offered = chat.frame.getByRole('button', { name: 'Restore…', includeHidden: true });
  await chat.until(`document.querySelectorAll('.codicon-discard').length === 2`);
  assert.equal(await chat.questions.nth(2).getByRole('button', { name: 'Restore…', includeHidden: true }).count(), 0);
  assert.equal(await offered.count(), 2);
  await workbench.command('Marginalia: Restore to Before the Last Changes…');
  await chat.questions.nth(1).getByRole('alertdialog', { name }).waitFor();
});

view('all changes are handed to the editor, each file once', async ({ workbench, profile }) => {
  const chat = await openChanged(workbench, profile);
  await chat.questions.nth(1).hover();
  await chat.questions.nth(1).getByRole('button', { name: 'Changes of This Conversation' }).click();
  await eventually(() => {
    const ran = workbench.editor.ran.find(([id]) => id === 'vscode.changes');
    assert.equal((ran?.[2] as unknown[] | undefined)?.length, 5);
  });
});
