/** What a command line says of another one that it starts. */
export interface Unwrapped {
  /** Name and arguments of that. */
  words?: readonly string[];
  /** That as a text for a shell. */
  script?: string;
  /** Whether the command itself does nothing but start the other one. */
  isTransparent: boolean;
  /** False where more may run than is told here. */
  isKnown: boolean;
}

const plain: Unwrapped = { isTransparent: false, isKnown: true };
const unclear: Unwrapped = { isTransparent: false, isKnown: false };

/** Options of programs that start another one behind them: with a value of their own, or without. */
const starters: Record<string, { flags: RegExp; valued: RegExp; before: number }> = {
  timeout: {
    flags: /^(?:--foreground|--preserve-status|-v|--verbose|--kill-after=.+|--signal=.+)$/,
    valued: /^(?:-k|-s|--kill-after|--signal)$/,
    before: 1,
  },
  nice: { flags: /^(?:-\d+|-n-?\d+|--adjustment=.+)$/, valued: /^-n$/, before: 0 },
  nohup: { flags: /^$/, valued: /^$/, before: 0 },
  setsid: { flags: /^(?:-[cfw]+|--fork|--wait)$/, valued: /^$/, before: 0 },
  stdbuf: { flags: /^-[ioe].+$/, valued: /^-[ioe]$/, before: 0 },
  time: { flags: /^-[pv]$/, valued: /^$/, before: 0 },
};

const shells = new Set(['bash', 'sh', 'dash', 'zsh', 'ksh', 'ash', 'fish']);
/** Programs that take code on their command line. */
const coded: Record<string, RegExp> = {
  node: /^(?:-e|-p|-pe|--eval|--print|-r|--require|--import|--loader|--experimental-loader)(?:=|$)|^-$/,
  deno: /^eval$/,
  bun: /^(?:-e|--eval)/,
  python: /^-c|^-$/,
  python3: /^-c|^-$/,
  perl: /^-\w*[eE]/,
  ruby: /^-\w*e/,
  php: /^-r/,
  awk: /./,
  sed: /./,
  find: /^-(?:exec|execdir|ok|okdir|delete|fprint.*|fls)$/,
  git: /^(?:-c|--exec-path|--config-env|--exec|-x|--upload-pack|--receive-pack)(?:=|$)/,
  tar: /^--(?:to-command|checkpoint-action|use-compress-program)|^-I/,
  make: /^--eval/,
};
/** Read their program from what is piped into them. */
const readers = new Set(['node', 'deno', 'bun', 'python', 'python3', 'perl', 'ruby', 'php']);

/** Looks for a command within one. Words begin with the name. */
export function unwrap(words: readonly string[]): Unwrapped {
  const [name = '', ...rest] = words;
  const program = baseName(name);
  if (shells.has(program)) return shellScript(rest);
  const starter = starters[program];
  if (starter) return behindOptions(rest, starter);
  switch (program) {
    case 'env':
      return rest.length === 0 ? plain : environment(rest);
    case 'command':
    case 'builtin':
      return rest[0]?.startsWith('-') === true
        ? unclear
        : { words: rest, isTransparent: true, isKnown: rest.length > 0 };
    case 'exec':
      return { ...unclear, words: rest };
    case 'eval':
      return { ...unclear, script: rest.join(' ') };
    case 'source':
    case '.':
      return unclear;
    case 'sudo':
    case 'doas':
    case 'xargs':
    case 'parallel':
    case 'watch':
    case 'chroot':
    case 'su':
    case 'ssh':
      return { ...unclear, ...afterOptions(rest) };
    case 'find':
      return isCoded(program, rest) ? { ...unclear, ...executed(rest) } : plain;
    default:
      return isCoded(program, rest) ? unclear : plain;
  }
}

/** The name of a program without the folder that it is in. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export function isShell(name: string): boolean {
  return shells.has(baseName(name));
}

function isCoded(program: string, rest: readonly string[]): boolean {
  const code = coded[program];
  if (readers.has(program) && rest.length === 0) return true;
  return code !== undefined && rest.some(word => code.test(word));
}

/** `bash -c '…'`. What is in a file, or comes from a pipe, is not told. */
function shellScript(rest: readonly string[]): Unwrapped {
  const at = rest.findIndex(word => /^-[ceuxl]*c[ceuxl]*$/.test(word));
  const script = rest[at + 1];
  if (at === -1 || script === undefined) return unclear;
  const isPlain = at === 0 && rest.length === 2;
  return { script, isTransparent: isPlain, isKnown: isPlain };
}

function behindOptions(
  rest: readonly string[],
  { flags, valued, before }: { flags: RegExp; valued: RegExp; before: number },
): Unwrapped {
  let at = 0;
  while (at < rest.length) {
    const word = rest[at] ?? '';
    if (valued.test(word)) at += 2;
    else if (flags.test(word)) at++;
    else break;
  }
  const words = rest.slice(at + before);
  const isKnown = words.length > 0 && rest[at]?.startsWith('-') !== true;
  return { ...(words.length > 0 && { words }), isTransparent: isKnown, isKnown };
}

/** Variables that are set for a command change what it does. */
function environment(rest: readonly string[]): Unwrapped {
  const at = rest.findIndex(word => !word.startsWith('-') && !/^\w+=/.test(word));
  if (at === -1) return unclear;
  return { words: rest.slice(at), isTransparent: at === 0, isKnown: at === 0 };
}

/** The first word that is no option begins the other command, or is an option's value: for what is looked for, both do. */
function afterOptions(rest: readonly string[]): { words?: readonly string[] } {
  const at = rest.findIndex(word => !word.startsWith('-'));
  return at === -1 ? {} : { words: rest.slice(at) };
}

function executed(rest: readonly string[]): { words?: readonly string[] } {
  const at = rest.findIndex(word => /^-(?:exec|execdir|ok|okdir)$/.test(word));
  return at === -1 ? {} : { words: rest.slice(at + 1).filter(word => word !== ';' && word !== '+') };
}
