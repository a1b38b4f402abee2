/**
 * `node test/view/recordTheme.ts` writes down what the served editor gives a view in each of its default themes, for the
 * pages that are drawn without an editor. Once more after another editor is pinned; a journey says when.
 */
import { writeFile } from 'node:fs/promises';
import { eventually } from '../../harness/drive/eventually.ts';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { type Theme, themes } from '../../harness/editor/themes.ts';
import { Desk } from '../support/desk.ts';
import { readTheme, recordFile, type ThemeRecord, type ViewTheme } from '../support/bareEditor/theme.ts';

const browser = await launchBrowser();
const desk = await Desk.set({ browser, env: { MARGINALIA_API_KEY: 'k' } });
const read: [Theme, ViewTheme][] = [];
try {
  await desk.open();
  const { frame } = await desk.workbench.openChat();
  for (const [name, title] of Object.entries(themes) as [Theme, string][]) {
    await desk.changeSettings({ 'workbench.colorTheme': title });
    await eventually(() => frame.locator(`body[data-vscode-theme-id="${title}"]`).waitFor({ timeout: 1_000 }));
    read.push([name, await frame.evaluate<ViewTheme>(readTheme)]);
  }
} finally {
  await desk.close();
  await browser.close();
}
const variables = [...new Set(read.flatMap(([, theme]) => Object.keys(theme.variables)))].toSorted();
const record: ThemeRecord = {
  styles: read[0]?.[1].styles ?? '',
  bodies: Object.fromEntries(read.map(([name, { body }]) => [name, body])) as ThemeRecord['bodies'],
  variables: Object.fromEntries(
    variables.map(variable => [variable, read.map(([, theme]) => theme.variables[variable] ?? null)]),
  ),
};
await writeFile(recordFile, written(record));
console.log(`${variables.length} variables of ${read.length} themes`);

/** A line a variable, so that a difference can be read. */
function written({ styles, bodies, variables }: ThemeRecord): string {
  const lines = (part: object): string =>
    Object.entries(part)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const parts = [
    `"styles": ${JSON.stringify(styles)}`,
    `"bodies": {\n${lines(bodies)}\n  }`,
    `"variables": {\n${lines(variables)}\n  }`,
  ];
  return `{\n  ${parts.join(',\n  ')}\n}\n`;
}
