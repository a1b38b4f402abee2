import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce } from './makeOnce.ts';
import { npm } from './npm.ts';
import { cacheFolder } from './project.ts';

export interface EditorInstall {
  /** What to start with Node: VS Code's own server. */
  serverMain: string;
  /** VS Code's version, such as 1.139.1. */
  version: string;
}

/**
 * VS Code as it comes from the npm registry, installed at the first need: with its 600 MB it is no dependency that
 * everybody who only wants to build should fetch. Its install scripts stay off, they would compile for two minutes
 * and need libraries that a bare machine lacks; what they would add is not used here. They would also have fetched
 * the packages of the two inner folders, which is done here instead.
 */
export async function ensureEditor(report: (line: string) => void): Promise<EditorInstall> {
  const version = await pinnedVersion();
  const folder = join(cacheFolder, `editor-${version}`);
  await makeOnce(folder, unfinished => install(unfinished, version, report));
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  const manifest = JSON.parse(await readFile(join(vscode, 'package.json'), 'utf8')) as { version: string };
  return { serverMain: join(vscode, 'out/server-main.js'), version: manifest.version };
}

async function install(folder: string, version: string, report: (line: string) => void): Promise<void> {
  report(`Installing the editor (code-server ${version} from the npm registry). Once only: 600 MB, about a minute.`);
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const ticker = setInterval(() => report(`  … still installing, ${seconds()} s`), 5_000);
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      await copyFile(new URL(file, import.meta.url), join(folder, file));
    }
    // The first inner folder's shrinkwrap lacks one package that its manifest asks for: `npm ci` refuses it.
    const steps: [what: string, where: string, command: 'ci' | 'install'][] = [
      ['the editor', '', 'ci'],
      ["the editor's own packages", 'node_modules/code-server/lib/vscode', 'install'],
      ['its TypeScript support', 'node_modules/code-server/lib/vscode/extensions', 'ci'],
    ];
    for (const [index, [what, where, command]] of steps.entries()) {
      report(`  ${index + 1} of ${steps.length}: ${what}`);
      await npm([command, '--omit=dev', '--ignore-scripts'], join(folder, where));
    }
    await writeFile(
      join(folder, 'installed.txt'),
      `Made by harness/editor/install.ts. Delete this folder to have it made anew.\n`,
    );
    report(`  Installed in ${seconds()} s.`);
  } finally {
    clearInterval(ticker);
  }
}

async function pinnedVersion(): Promise<string> {
  const text = await readFile(new URL('package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as { dependencies: { 'code-server': string } };
  return manifest.dependencies['code-server'];
}
