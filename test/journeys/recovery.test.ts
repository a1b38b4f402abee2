import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../harness/editor/project.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

interface Copy {
  extensionPath: string;
  /** The view's script, which can be made to say nothing, or broken, while nobody else is using it. */
  script: { hang: () => void; break: () => void; mend: () => void };
  /** What draws turns, which the view loads later. */
  transcript: { break: () => void; mend: () => void };
}

const broken = 'throw new Error("This script is broken.");';

const onCopy = journey.extend<Copy>({
  user: 'new',
  extensionPath: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'marginalia-extension-'));
    for (const part of ['package.json', 'package.nls.json', 'dist', 'media']) {
      cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
    }
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  script: async ({ extensionPath }, use) => {
    const file = join(extensionPath, 'dist/webview/main.js');
    const sound = readFileSync(file);
    await use({
      hang: () => writeFileSync(file, 'await new Promise(() => undefined);'),
      break: () => writeFileSync(file, broken),
      mend: () => writeFileSync(file, sound),
    });
  },
  transcript: async ({ extensionPath }, use) => {
    const folder = join(extensionPath, 'dist/webview');
    const [name = ''] = readdirSync(folder).filter(file => /^Transcript-\w+\.js$/.test(file));
    const sound = readFileSync(join(folder, name));
    await use({
      break: () => writeFileSync(join(folder, name), broken),
      mend: () => writeFileSync(join(folder, name), sound),
    });
  },
});

onCopy(
  'a view whose script does not start is built anew; one that never starts says so; nothing is lost in either',
  async ({ workbench, script, transcript }) => {
    const chat = await workbench.openChat();
    await chat.ask('Which teas grow in Japan?');
    await chat.idle();
    await chat.box.fill('a draft');
    await toggleSideBar(workbench);
    await eventually(async () => assert.equal(await chat.box.count().catch(() => 0), 0));
    script.hang();
    // Looked for while the command still ends: each page stays for some seconds, by the host's clock. The first of them may
    // be replaced before it is drawn.
    await Promise.all([
      workbench.frameWith(/Marginalia is starting…|The chat did not start; trying again…/),
      toggleSideBar(workbench),
    ]);
    // The next page has a sound one.
    script.mend();
    const again = await workbench.chat();
    assert.match(await again.questions.innerText(), /Which teas grow/);
    assert.equal(await again.box.inputValue(), 'a draft');

    await toggleSideBar(workbench);
    await eventually(async () => assert.equal(await again.box.count().catch(() => 0), 0));
    script.break();
    await Promise.all([workbench.frameWith('The chat did not start; trying again…'), toggleSideBar(workbench)]);
    const failure = await workbench.frameWith('Reload Chat');
    await failure.getByText('Your conversations and what you have typed are safe.').waitFor();
    await workbench.notification('The chat of Marginalia did not start');
    script.mend();
    // Without a script of its own.
    await failure.getByRole('link', { name: 'Reload Chat' }).click();
    const last = await workbench.chat();
    assert.equal(await last.box.inputValue(), 'a draft');
    await last.ask('And in China?');
    await last.idle();
    assert.equal(await last.answers.count(), 2);

    await toggleSideBar(workbench);
    await eventually(async () => assert.equal(await last.box.count().catch(() => 0), 0));
    transcript.break();
    await toggleSideBar(workbench);
    const withoutTurns = await workbench.frameWith('Reload Chat');
    transcript.mend();
    await withoutTurns.getByRole('link', { name: 'Reload Chat' }).click();
    const whole = await workbench.chat();
    await eventually(async () => assert.equal(await whole.answers.count(), 2));
  },
);

async function toggleSideBar(workbench: Workbench): Promise<void> {
  await workbench.command('View: Toggle Secondary Side Bar Visibility');
}
