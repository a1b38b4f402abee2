import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Lets a profile's editor run in a language without that language's pack, which comes from a marketplace. The server
 * looks a language up in `languagepacks.json`; one that it finds there is the display language of the window and of the
 * extension host. Ours translates nothing: the editor's own words stay English, extensions show their translations.
 */
export async function writeLanguagePack(profile: string, language: string): Promise<void> {
  const folder = join(profile, 'data');
  const translations = join(folder, 'no-translations.json');
  await mkdir(folder, { recursive: true });
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `marginalia.no-translations-${language}` }, version: '1.0.0' }];
  const pack = { hash: 'none', extensions, translations: { vscode: translations }, label: language };
  await writeFile(join(folder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
