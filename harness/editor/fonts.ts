import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { decompress } from 'wawoff2';
import { makeOnce } from './makeOnce.ts';
import { cacheFolder } from './project.ts';

/** By language: the family that shows it, and the npm package that holds it. */
const families = {
  ja: ['Noto Sans JP', '@fontsource-variable/noto-sans-jp'],
  zh: ['Noto Sans SC', '@fontsource-variable/noto-sans-sc'],
} as const;

/**
 * Fonts for Japanese and Chinese, which few machines without a desktop have, as parts of a fontconfig file. Their
 * packages hold WOFF2, which Chromium takes from pages only: they are unpacked once (0.4 s, 18 MB).
 */
export async function describeAsianFonts(): Promise<string> {
  const parts: string[] = [];
  for (const [language, [family, packageName]] of Object.entries(families)) {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    const folder = join(cacheFolder, `${basename(packageName)}-${version}`);
    await makeOnce(folder, unfinished => unpack(join(dirname(manifest), 'files'), unfinished));
    // Each file holds a few characters: fontconfig cannot see by itself which language they are drawn for.
    parts.push(`<dir>${folder}</dir>
<match target="pattern"><test name="lang" compare="contains"><string>${language}</string></test>
<edit name="family" mode="append"><string>${family}</string></edit></match>`);
  }
  return parts.join('\n');
}

async function unpack(files: string, folder: string): Promise<void> {
  for (const name of (await readdir(files)).filter(file => file.endsWith('.woff2'))) {
    await writeFile(join(folder, name.replace('.woff2', '.ttf')), await decompress(await readFile(join(files, name))));
  }
}
