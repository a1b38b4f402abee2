import type { RunGit } from './runGit.ts';

/**
 * What makes a patch the same whatever the user's git shows: no programs that the configuration or attributes name, no
 * colours, and the usual prefixes, context and quoting.
 */
const plainConfiguration = ['-c', 'core.quotePath=false', '-c', 'diff.suppressBlankEmpty=false'];
const plainOptions = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--unified=3',
  '--inter-hunk-context=0',
  '--find-renames',
  '--submodule=short',
  '--ignore-submodules=none',
];

/** `command` is `diff` or `show`; `paths`, where there are any, are files' names and no patterns. */
export async function plainDiff(
  run: RunGit,
  folder: string,
  [command, ...args]: readonly ['diff' | 'show', ...string[]],
  paths: readonly string[] = [],
): Promise<Buffer> {
  const options = ['--literal-pathspecs', ...plainConfiguration, command, ...plainOptions, ...args];
  return run(folder, [...options, '--', ...paths]);
}

/** What the working tree is compared with: the last commit, or nothing where there is none yet. */
export async function lastCommit(run: RunGit, folder: string): Promise<string> {
  const name = await run(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).catch(() => undefined);
  // The empty tree, in the repository's own kind of hash.
  return (name ?? (await run(folder, ['hash-object', '-t', 'tree', '--stdin']))).toString().trim();
}
