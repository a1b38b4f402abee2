import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { lastCommit, plainDiff } from './plainDiff.ts';
import type { RunGit } from './runGit.ts';

/** A file that differs from the last commit. */
export interface ChangedFile {
  /** Within the repository, with `/` between the parts. */
  path: string;
  change: 'added' | 'deleted' | 'modified' | 'renamed';
  /** What is to be read of it: a patch, or where there is none, why. */
  content: { kind: 'patch'; bytes: Buffer } | { kind: 'binary' | 'link' | 'repository' };
}

/**
 * Everything that the working tree has over the last commit, whether it is staged or not, except for files that git does
 * not know. What has changed in a submodule is taken from there, against the commit that the outer repository names.
 */
export async function changedFiles(run: RunGit, root: string): Promise<ChangedFile[]> {
  return changesSince(run, root, await lastCommit(run, root));
}

/** Files that git does not know and is not told to ignore, of the repository and of its submodules. */
export async function untrackedFiles(run: RunGit, root: string): Promise<string[]> {
  const names = namesIn(await run(root, ['ls-files', '--others', '--exclude-standard', '-z']));
  // A repository of its own is no file of this one.
  const found = names.filter(name => !name.endsWith('/'));
  for (const path of await submodules(run, root)) {
    found.push(...(await untrackedFiles(run, join(root, path))).map(inner => `${path}/${inner}`));
  }
  return found;
}

/** Those of the files that the repository's attributes call generated. */
export async function generatedFiles(run: RunGit, root: string, paths: readonly string[]): Promise<Set<string>> {
  const input = paths.map(path => `${path}\0`).join('');
  const printed = namesIn(await run(root, ['check-attr', '-z', '--stdin', 'linguist-generated'], input));
  const generated = new Set<string>();
  for (let at = 0; at + 2 < printed.length; at += 3) {
    if (/^(?:set|true)$/.test(printed[at + 2] ?? '')) generated.add(printed[at] ?? '');
  }
  return generated;
}

async function changesSince(run: RunGit, root: string, base: string): Promise<ChangedFile[]> {
  const printed = await plainDiff(run, root, ['diff', '--raw', '-z', '--patch', '--no-abbrev', base]);
  const { entries, patches } = readDiff(printed);
  const files: ChangedFile[] = [];
  for (const entry of entries) {
    const { path } = entry;
    if (isSubmodule(entry.newMode)) files.push(...(await changesOfSubmodule(run, root, entry)));
    else if (isSubmodule(entry.oldMode)) files.push({ path, change: 'deleted', content: { kind: 'repository' } });
    else files.push(...fileOf(entry, patches.get(headerOf(entry)) ?? []));
  }
  return files;
}

/** What two trees have of one name. */
interface Entry {
  oldMode: string;
  newMode: string;
  oldObject: string;
  status: string;
  oldPath: string;
  path: string;
}

/** Names and patches are read byte by byte: each file may be written in an encoding of its own. */
function readDiff(printed: Buffer): { entries: Entry[]; patches: Map<string, string[]> } {
  const text = printed.toString('latin1');
  const entries: Entry[] = [];
  let at = 0;
  const next = (): string => {
    const end = text.indexOf('\0', at);
    const field = text.slice(at, end);
    at = end + 1;
    return field;
  };
  while (text[at] === ':') {
    const [oldMode = '', newMode = '', oldObject = '', , status = ''] = next().slice(1).split(' ');
    const oldPath = next();
    const path = /^[RC]/.test(status) ? next() : oldPath;
    entries.push({ oldMode, newMode, oldObject, status, oldPath: utf8(oldPath), path: utf8(path) });
  }
  const patches = new Map<string, string[]>();
  // An empty name parts the patches from the list.
  for (const patch of text.slice(at + 1).split(/^(?=diff --git )/m)) {
    const header = utf8(patch.split('\n', 1)[0] ?? '');
    patches.set(header, [...(patches.get(header) ?? []), patch]);
  }
  return { entries, patches };
}

function fileOf({ oldMode, newMode, status, oldPath, path }: Entry, patches: readonly string[]): ChangedFile[] {
  const isNew = status === 'A' || (isLink(oldMode) && !isLink(newMode) && status !== 'D');
  const change = isNew ? 'added' : status === 'D' ? 'deleted' : oldPath === path ? 'modified' : 'renamed';
  if (isLink(change === 'deleted' ? oldMode : newMode)) return [{ path, change, content: { kind: 'link' } }];
  // Of a link that has become a file there are two, and the last is the file's.
  const patch = patches.at(-1);
  const hunks = patch?.slice(patch.search(/^@@ /m)) ?? '';
  const facts = [
    ...(change === 'renamed' ? [`rename from ${oldPath}`, `rename to ${path}`] : []),
    ...(change === 'deleted' ? ['deleted file'] : []),
    ...(isNew || change === 'deleted' || oldMode === newMode ? [] : [`old mode ${oldMode}`, `new mode ${newMode}`]),
  ];
  if (patch !== undefined && /^Binary files .* differ$/m.test(patch) && !/^@@ /m.test(patch)) {
    return [{ path, change, content: { kind: 'binary' } }];
  }
  const isEmpty = patch === undefined || !/^@@ /m.test(patch);
  // Touched and not changed, or an empty file.
  if (isEmpty && facts.length === 0 && !isNew) return [];
  const text = facts.map(fact => Buffer.from(`${fact}\n`));
  const bytes = Buffer.concat([...text, isEmpty ? Buffer.alloc(0) : Buffer.from(hunks, 'latin1')]);
  return [{ path, change, content: { kind: 'patch', bytes } }];
}

async function changesOfSubmodule(
  run: RunGit,
  root: string,
  { path, oldMode, oldObject }: Entry,
): Promise<ChangedFile[]> {
  const folder = join(root, path);
  // Without its own repository git would answer for the outer one.
  if (!(await isRepository(folder))) return [{ path, change: 'modified', content: { kind: 'repository' } }];
  const isKnown =
    isSubmodule(oldMode) &&
    (await run(folder, ['cat-file', '-e', `${oldObject}^{commit}`]).then(
      () => true,
      () => false,
    ));
  const inner = await changesSince(run, folder, isKnown ? oldObject : await lastCommit(run, folder));
  return inner.map(file => ({ ...file, path: `${path}/${file.path}` }));
}

async function submodules(run: RunGit, root: string): Promise<string[]> {
  const staged = namesIn(await run(root, ['ls-files', '--stage', '-z'])).filter(line => isSubmodule(line.slice(0, 6)));
  const paths = staged.map(line => line.slice(line.indexOf('\t') + 1));
  const present = await Promise.all(paths.map(path => isRepository(join(root, path))));
  return paths.filter((_, index) => present[index]);
}

async function isRepository(folder: string): Promise<boolean> {
  return lstat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
}

function isLink(mode: string): boolean {
  return mode === '120000';
}

function isSubmodule(mode: string): boolean {
  return mode === '160000';
}

function headerOf({ oldPath, path }: Entry): string {
  return `diff --git ${quoted(`a/${oldPath}`)} ${quoted(`b/${path}`)}`;
}

const escapes: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** A name as git writes it in the head of a patch. */
function quoted(name: string): string {
  const written = name.replace(
    /["\\\p{Cc}]/gu,
    character => escapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return written === name ? name : `"${written}"`;
}

function namesIn(printed: Buffer): string[] {
  return printed
    .toString()
    .split('\0')
    .filter(name => name !== '');
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}
