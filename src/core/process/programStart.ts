/** How a program is handed to `spawn`. */
export interface SpawnedProgram {
  file: string;
  args: readonly string[];
  options: { windowsVerbatimArguments?: true };
}

/** What means something to Windows' shell. */
const special = /[()\][%!^"`<>&|;, *?]/g;

/**
 * On Windows `npx` and its like are scripts, which only its shell starts: there every word is quoted for it, so that what is a word stays
 * one and nothing in it is a command. What has the ending of a program is started as it is, as everywhere else.
 */
export function programStart(
  command: string,
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): SpawnedProgram {
  if (platform !== 'win32' || /\.(?:exe|com)$/i.test(command)) return { file: command, args, options: {} };
  const line = [command.replace(special, '^$&'), ...args.map(quoted)].join(' ');
  return { file: 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], options: { windowsVerbatimArguments: true } };
}

/** As the program reads its command line, and then as the shell does: backslashes count only before a quote. */
function quoted(word: string): string {
  const escaped = word.replace(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\*)$/, '$1$1');
  return `"${escaped}"`.replace(special, '^$&');
}
