import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project.ts';

/** A copy of the sample project as a Git repository: one commit, and changes after it. */
export async function makeWorkspace(folder: string): Promise<void> {
  await cp(join(projectRoot, 'harness/workspace'), folder, { recursive: true });
  await testOnThisNode(join(folder, 'package.json'));
  const git = (...args: string[]): void => {
    const identity = [
      '-c',
      'user.name=Sample',
      '-c',
      'user.email=sample@example.invalid',
      '-c',
      'commit.gpgsign=false',
    ];
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init', '--initial-branch=main');
  git('add', '.');
  git('commit', '--message=The shop as it was');
  await cp(join(projectRoot, 'harness/changes'), folder, { recursive: true });
}

/** The editor takes the path of a login shell, whose Node may be too old for tests in TypeScript. */
async function testOnThisNode(manifest: string): Promise<void> {
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace('"node --test"', JSON.stringify(`"${process.execPath}" --test`)));
}
