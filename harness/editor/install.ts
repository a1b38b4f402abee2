import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce } from './makeOnce.ts';
import { npm } from './npm.ts';
import { cacheFolder } from './project.ts';

export interface EditorInstall {
  /** The Node to start it with: the one that is pinned with it, else ours. VS Code 1.106 hangs in one beyond 22. */
  node: string;
  /** What to start with Node: VS Code's own server. */
  serverMain: string;
  /** VS Code's version, such as 1.139.1. */
  version: string;
}

interface Manifest {
  dependencies: Record<string, string>;
}

/** The folder whose package.json and lock name the editor that everything runs in. */
const presentEditor = new URL('./', import.meta.url);

/**
 * VS Code as it comes from the npm registry, installed at the first need: with its 600 MB it is no dependency that
 * everybody who only wants to build should fetch. Its install scripts stay off, they would compile for two minutes
 * and need libraries that a bare machine lacks; what they would add is not used here. They would also have fetched
 * the packages of the two inner folders, which is done here instead. `pin` is the folder that names another editor.
 */
export async function ensureEditor(report: (line: string) => void, pin = presentEditor): Promise<EditorInstall> {
  const { 'code-server': version = '', ...others } = (await readPin(pin)).dependencies;
  const folder = join(cacheFolder, `editor-${version}`);
  await makeOnce(folder, async unfinished => {
    report(`Installing the editor (code-server ${version} from the npm registry). Once only: 600 MB, about a minute.`);
    await install(unfinished, pin, Object.keys(others), report);
  });
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  const manifest = JSON.parse(await readFile(join(vscode, 'package.json'), 'utf8')) as { version: string };
  const node = join(folder, 'node_modules/.bin/node');
  return {
    node: existsSync(node) ? node : process.execPath,
    serverMain: join(vscode, 'out/server-main.js'),
    version: manifest.version,
  };
}

async function install(folder: string, pin: URL, others: string[], report: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const ticker = setInterval(() => report(`  … still installing, ${seconds()} s`), 5_000);
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      await copyFile(new URL(file, pin), join(folder, file));
    }
    // The first inner folder's shrinkwrap does not agree with its manifest: `npm ci` refuses it.
    const steps: [what: string, where: string, command: 'ci' | 'install'][] = [
      ['the editor', '', 'ci'],
      ["the editor's own packages", 'node_modules/code-server/lib/vscode', 'install'],
      ['its TypeScript support', 'node_modules/code-server/lib/vscode/extensions', 'ci'],
    ];
    for (const [index, [what, where, command]] of steps.entries()) {
      report(`  ${index + 1} of ${steps.length}: ${what}`);
      if (command === 'install') await leaveOutPinned(others, join(folder, where));
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

/** Takes from an inner folder what is pinned beside the editor, where it is found just as well. */
async function leaveOutPinned(pinned: string[], folder: string): Promise<void> {
  const manifestFile = join(folder, 'package.json');
  const lockFile = join(folder, 'npm-shrinkwrap.json');
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Manifest;
  const lock = JSON.parse(await readFile(lockFile, 'utf8')) as { packages: Record<string, unknown> };
  for (const name of pinned) {
    Reflect.deleteProperty(manifest.dependencies, name);
    Reflect.deleteProperty(lock.packages, `node_modules/${name}`);
  }
  await writeFile(manifestFile, JSON.stringify(manifest));
  await writeFile(lockFile, JSON.stringify(lock));
}

async function readPin(pin: URL): Promise<Manifest> {
  return JSON.parse(await readFile(new URL('package.json', pin), 'utf8')) as Manifest;
}
