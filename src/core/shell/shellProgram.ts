/** A shell that commands can be given to, one after the other. */
export interface ShellProgram {
  /** Its path, or a name that the system finds. */
  file: string;
  args: readonly string[];
  /** As a model is told of it. */
  name: 'bash' | 'sh' | 'Git Bash';
}

export interface Machine {
  platform: NodeJS.Platform;
  /** Its environment. */
  environment: Record<string, string | undefined>;
  isFile: (path: string) => boolean;
}

/** Nothing of the user's own start files: they print, ask and rename, and what they export is inherited anyway. */
const bashArgs = ['--noprofile', '--norc'];

/** Where bash is where it is not in the path. */
const bashPaths = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash', '/opt/homebrew/bin/bash'];

/**
 * The shell of this machine: bash, else sh; on Windows the bash of Git, never the one of `System32`, which starts another
 * system. Undefined where there is none.
 */
export function chooseShell({ platform, environment, isFile }: Machine): ShellProgram | undefined {
  if (platform === 'win32') {
    const file = gitBashPaths(environment).find(isFile);
    return file === undefined ? undefined : { file, args: bashArgs, name: 'Git Bash' };
  }
  const inPath = (environment['PATH'] ?? '').split(':').filter(folder => folder.startsWith('/'));
  const file = [...inPath.map(folder => `${folder}/bash`), ...bashPaths].find(isFile);
  if (file !== undefined) return { file, args: bashArgs, name: 'bash' };
  return isFile('/bin/sh') ? { file: '/bin/sh', args: [], name: 'sh' } : undefined;
}

function gitBashPaths(environment: Machine['environment']): string[] {
  const { ProgramFiles: programs, LOCALAPPDATA: local, Path: path, PATH: upperPath } = environment;
  const installed = [programs, local === undefined ? undefined : `${local}\\Programs`]
    .filter(folder => folder !== undefined)
    .map(folder => `${folder}\\Git\\bin\\bash.exe`);
  // Git's own folder in the path is `…\Git\cmd`.
  const beside = (path ?? upperPath ?? '')
    .split(';')
    .filter(folder => /\\git\\cmd\\?$/i.test(folder))
    .map(folder => folder.replace(/cmd\\?$/i, 'bin\\bash.exe'));
  return [...installed, ...beside];
}
