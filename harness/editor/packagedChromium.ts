import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeAsianFonts } from './fonts.ts';
import { makeOnce } from './makeOnce.ts';
import { cacheFolder } from './project.ts';

export interface BrowserProgram {
  executablePath: string;
  /** Added to the environment of the browser. */
  env: Record<string, string>;
}

/**
 * The Chromium that comes inside an npm package, for machines that have no browser. It is unpacked once (2 s, 210 MB).
 * Left alone, the package would unpack into fixed names below the system's temporary folder, where two processes spoil
 * each other's work, and would skip the libraries that a bare machine lacks unless it thinks it runs in a cloud
 * function, which is what the variable says.
 */
export async function packagedChromium(report: (line: string) => void): Promise<BrowserProgram> {
  const folder = join(cacheFolder, `chromium-${await packageVersion()}`);
  await makeOnce(folder, async unfinished => {
    report('Unpacking a Chromium (210 MB, a few seconds, once only).');
    await unpack(unfinished);
  });
  const fontsFile = await describeFonts(folder);
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontsFile },
  };
}

async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = await readFile(join(dirname(dirname(entry)), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

async function unpack(folder: string): Promise<void> {
  const program = fileURLToPath(new URL('unpackChromium.ts', import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The packaged Chromium could not be unpacked into ${folder}.`);
}

/** The package's own font list names folders of a cloud function only; this one adds the machine's fonts. */
async function describeFonts(folder: string): Promise<string> {
  const file = join(folder, 'fonts.conf');
  const cache = join(folder, 'fonts-cache');
  await mkdir(cache, { recursive: true });
  const folders = [
    join(folder, 'fonts'),
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(homedir(), '.local/share/fonts'),
  ];
  const prefer = (family: string, ...fonts: string[]) =>
    `<alias><family>${family}</family><prefer>${fonts.map(font => `<family>${font}</family>`).join('')}</prefer></alias>`;
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${folders.map(path => `<dir>${path}</dir>`).join('\n')}
<cachedir>${cache}</cachedir>
${prefer('monospace', 'DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono')}
${prefer('sans-serif', 'Open Sans', 'DejaVu Sans')}
${await describeAsianFonts()}
</fontconfig>\n`,
  );
  return file;
}
