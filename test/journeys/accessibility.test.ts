import assert from 'node:assert/strict';
import { type Theme, themes } from '../../harness/editor/themes.ts';
import { readTheme, recordedTheme, type ViewTheme } from '../support/bareEditor/theme.ts';
import { journey } from '../support/journey.ts';

journey(
  'what tests of the view go by is what the editor gives a view, in each of the four themes',
  async ({ stage }) => {
    const { workbench, changeSettings } = stage;
    const { frame } = await workbench.openChat();
    for (const [name, title] of Object.entries(themes) as [Theme, string][]) {
      await changeSettings({ 'workbench.colorTheme': title });
      await frame.locator(`body[data-vscode-theme-id="${title}"]`).waitFor();
      const theme = await frame.evaluate<ViewTheme>(readTheme);
      assert.deepEqual(
        withoutFonts(theme),
        withoutFonts(recordedTheme(name)),
        'Run node test/view/recordTheme.ts once more.',
      );
    }
  },
);

/** They are the machine's. */
function withoutFonts({ variables, ...others }: ViewTheme): ViewTheme {
  const names = Object.entries(variables).filter(([name]) => !name.includes('font'));
  return { ...others, variables: Object.fromEntries(names) };
}
