import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { compare, type Differences, type Texts } from './compare.ts';
import { type Language, languages } from './languages.ts';
import { sourceStrings } from './sourceStrings.ts';

/** A file of translations, beside the English texts that it has to hold. */
export interface TranslationFile {
  path: string;
  language: Language;
  english: Texts;
  translated: Texts;
}

/** The translations of the code's strings and of the manifest's, for each language. */
export function translationFiles(): TranslationFile[] {
  const strings = Object.fromEntries([...sourceStrings().texts.keys()].map(text => [text, text]));
  const manifest = readTexts('package.nls.json');
  return languages.flatMap(language => [
    translationFile(`l10n/bundle.l10n.${language}.json`, language, strings),
    translationFile(`package.nls.${language}.json`, language, manifest),
  ]);
}

export function differencesOf({ english, translated }: TranslationFile): Differences {
  return compare(english, translated);
}

/** Writes a file anew: sorted, without what the English does not have. */
export function tidy({ path, english, translated }: TranslationFile): void {
  const kept = Object.entries(translated).filter(([key]) => key in english);
  kept.sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`);
}

export function readTexts(path: string): Texts {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Texts) : {};
}

function translationFile(path: string, language: Language, english: Texts): TranslationFile {
  return { path, language, english, translated: readTexts(path) };
}
