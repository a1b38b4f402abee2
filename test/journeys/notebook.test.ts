import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey(
  'a cell of a notebook is named by its number, and its comment is seen',
  async ({ workbench, endpoint, workspace }) => {
    const cell = (source: string) => ({ cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source });
    const cells = [cell('first = 1'), cell('second = eval("2")\nthird = 3'), cell('fourth = 4')];
    const notebook = { cells, metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 };
    await writeFile(join(workspace, 'src/sums.ipynb'), JSON.stringify(notebook));
    const finding = {
      path: 'src/sums.ipynb',
      severity: 'error',
      title: 'Runs any code',
      explanation: 'Read the number.',
      quote: 'second = eval("2")',
      replacement: 'second = 2',
    };
    endpoint.faults.next({
      kind: 'script',
      content: [{ type: 'tool_use', name: 'report_findings', input: { findings: [finding] } }],
      stopReason: 'tool_use',
    });
    const { page } = workbench;
    await workbench.showFile('src/sums.ipynb');
    await page.locator('.view-line', { hasText: 'second' }).first().click();
    await workbench.command('Marginalia: Review File');
    const sent = JSON.stringify((await endpoint.arrival(0)).body);
    assert.match(sent, /File: src\/sums\.ipynb#cell2 \(lines 1-2, python\)/);
    await workbench.problem('Runs any code');
    const thread = page.locator('.notebookOverlay .review-widget', { hasText: 'Read the number.' });
    await eventually(async () => assert.ok(((await thread.first().boundingBox())?.height ?? 0) > 40));
    await thread.getByRole('button', { name: 'Apply Suggestion' }).first().click();
    await page.locator('.view-line', { hasText: 'second = 2' }).first().waitFor();
    await thread.first().waitFor({ state: 'hidden' });
  },
);
