import { parseArgs } from 'node:util';
import { type Language, languages } from '../scripts/l10n/languages.ts';
import { PlainError } from '../harness/editor/plainError.ts';
import { type Theme, themes } from '../harness/editor/themes.ts';

export const help = `npm start -- [options]

  (none)          the extension in a VS Code that is served to your browser, on the demo endpoint
  --port N        serve it on this port
  --open          open your browser, too
  --folder DIR    open this folder instead of the sample project
  --language L    in Japanese (ja) or Simplified Chinese (zh-cn); the editor's own words stay English
  --desktop       in a desktop VS Code: \`code\` on your PATH, or one that is downloaded
  --live          on your own endpoint, with your own key; what you set is kept for the next time.
                  Set both in the editor, or in MARGINALIA_BASE_URL and MARGINALIA_API_KEY
  --tour          drive everything without a window and leave a picture of every step
    --theme T       light, dark, hc, hc-light or all (default: dark)
    --width N       width of the chat in pixels, 240 to 800 (default: 420)
    --scene TEXT    only the scenes with these words in their name, after the first start
    --out DIR       where the pictures go (default: test-results/tour)
    --readme        put the README's pictures (dark theme) into media/readme as well, and those of the
                    walkthrough (dark and light) into media/walkthrough
  --help          this text

MARGINALIA_BROWSER names the Chromium, Chrome or Edge that the tour and the tests drive.`;

export interface StartOptions {
  what: 'served' | 'desktop' | 'tour' | 'help';
  live: boolean;
  open: boolean;
  port?: number;
  folder?: string;
  language?: Language;
  tour: { themes: Theme[]; width: number; scene: string; out?: string; readme: boolean };
}

export function parseStartOptions(args: string[]): StartOptions {
  refuseSwallowedFlags();
  const given = parse(args);
  const what = given.help ? 'help' : given.tour ? 'tour' : given.desktop ? 'desktop' : 'served';
  if (what === 'tour' && (given.desktop || given.live)) {
    throw new PlainError('--tour drives the served editor on the demo endpoint; leave out --desktop and --live.');
  }
  if (what === 'desktop' && given.language !== undefined) {
    throw new PlainError('A desktop VS Code has its own language; leave out --language.');
  }
  if (given.readme && given.language !== undefined) {
    throw new PlainError('The pictures of --readme are in English; leave out --language.');
  }
  return {
    what,
    live: given.live,
    open: given.open,
    ...(given.port !== undefined && { port: wholeNumber('--port', given.port, 1, 65_535) }),
    ...(given.folder !== undefined && { folder: given.folder }),
    ...(given.language !== undefined && { language: languageNamed(given.language) }),
    tour: {
      themes: themesNamed(given.theme),
      width: wholeNumber('--width', given.width, 240, 800),
      scene: given.scene,
      readme: given.readme,
      ...(given.out !== undefined && { out: given.out }),
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        port: { type: 'string' },
        open: { type: 'boolean', default: false },
        folder: { type: 'string' },
        language: { type: 'string' },
        desktop: { type: 'boolean', default: false },
        live: { type: 'boolean', default: false },
        tour: { type: 'boolean', default: false },
        theme: { type: 'string', default: 'dark' },
        width: { type: 'string', default: '420' },
        scene: { type: 'string', default: '' },
        out: { type: 'string' },
        readme: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/(?<=')\. |\n/)[0] : String(error);
    throw new PlainError(`${reason}; \`npm start -- --help\` lists the options.`);
  }
}

/** `npm start --tour` hands the flag to npm, which keeps it and says nothing. */
function refuseSwallowedFlags(): void {
  for (const name of [
    'port',
    'open',
    'folder',
    'language',
    'desktop',
    'live',
    'tour',
    'theme',
    'width',
    'scene',
    'out',
    'readme',
  ]) {
    if (process.env[`npm_config_${name}`] !== undefined) {
      throw new PlainError(`npm took --${name} for an option of its own; put -- before it: npm start -- --${name}`);
    }
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new PlainError(`${name} takes a whole number from ${least} to ${most}, not “${text}”.`);
}

function languageNamed(name: string): Language {
  const found = languages.find(language => language === name);
  if (found === undefined) throw new PlainError(`--language takes ${languages.join(' or ')}, not “${name}”.`);
  return found;
}

function themesNamed(name: string): Theme[] {
  const all = Object.keys(themes) as Theme[];
  if (name === 'all') return all;
  const found = all.find(theme => theme === name);
  if (found === undefined) throw new PlainError(`--theme takes ${all.join(', ')} or all, not “${name}”.`);
  return [found];
}
