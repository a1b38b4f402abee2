import { join } from 'node:path';
import { npm } from '../../harness/editor/npm.ts';
import { projectRoot } from '../../harness/editor/project.ts';
import { type BenchEditor, startBenchEditor } from './editor.ts';
import { measureLink } from './link.ts';
import { type Row, table } from './table.ts';
import { measureView } from './view.ts';
import { measureWeight } from './weight.ts';

/** What it takes to start, in a real editor. `only` names parts: `weight`, `view` or `link`. */
export async function run({ quick, only }: { quick: boolean; only: readonly string[] }): Promise<void> {
  const editor = await startBenchEditor();
  try {
    const parts: Record<string, (editor: BenchEditor) => Promise<Row[]>> = {
      weight: ({ extension }) => weigh(extension, quick ? 3 : 9),
      view: started => measureView(started, quick ? 2 : 9),
      link: started => measureLink(started, quick ? 1 : 3),
    };
    const rows: Row[] = [];
    for (const [name, measure] of Object.entries(parts)) {
      if (only.length === 0 || only.includes(name)) rows.push(...(await measure(editor)));
    }
    console.log(table(rows));
  } finally {
    await editor.close();
  }
}

async function weigh(extension: string, rounds: number): Promise<Row[]> {
  await npm(['run', 'package'], projectRoot);
  return measureWeight(join(extension, 'dist'), join(projectRoot, 'marginalia.vsix'), rounds);
}
