/**
 * Runs the unit tests, some files to a process: starting one and loading the sources takes longer than most files take
 * themselves. Neighbours go together, since they load the same. A file that ends in `.alone.test.ts` needs a process
 * that nothing else has run in. Hooks outside of a `describe` are those of all files of a process, so what tests have in
 * common, such as the language, is set and set back within one. Arguments go to Node's test runner.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../harness/editor/project.ts';

/** Files of a process. With fewer, what they share is loaded more often; with more, one processor is idle at the end. */
const most = 40;

const files = globSync('test/unit/**/*.test.ts', { cwd: projectRoot }).sort();
const alone = files.filter(file => file.endsWith('.alone.test.ts'));
const together = files.filter(file => !alone.includes(file));
const groups = Array.from({ length: Math.ceil(together.length / most) }, (_, index) =>
  together.slice(index * most, (index + 1) * most),
);

const folder = mkdtempSync(join(tmpdir(), 'marginalia-unit-'));
for (const [index, group] of groups.entries()) {
  const imports = group.map(file => `await import(${JSON.stringify(pathToFileURL(join(projectRoot, file)).href)});`);
  writeFileSync(join(folder, `${String(index + 1).padStart(2, '0')}.mjs`), entryOf(imports));
}

const child = spawn(
  process.execPath,
  [
    '--test',
    '--test-concurrency=3',
    // Of a process, too.
    '--test-timeout=300000',
    ...process.argv.slice(2),
    join(folder, '*.mjs'),
    ...alone,
  ],
  { cwd: projectRoot, stdio: 'inherit' },
);
child.once('close', code => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});

/** No test begins before all files are loaded: one that began in the middle of its file would miss what stands below it. */
function entryOf(imports: readonly string[]): string {
  return [
    "import { before } from 'node:test';",
    'const { promise, resolve } = Promise.withResolvers();',
    'before(() => promise);',
    'try {',
    ...imports,
    '} finally {',
    'resolve();',
    '}',
    '',
  ].join('\n');
}
