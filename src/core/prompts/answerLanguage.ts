import type { Translate } from '../../shared/translate.ts';

/**
 * A built-in prompt that asks for an answer in the display language, since what goes along, code above all, is mostly
 * English. Last but for what the user adds, which may ask for another one. In English the text stays as it is.
 */
export function answeredInLanguage(text: string, displayLanguage: string, t: Translate): string {
  const name = languageName(displayLanguage);
  if (name === undefined) return text;
  return `${text}\n\n${t('Answer in {0}. Code and its comments stay in the language that they are in.', name)}`;
}

/** What a language calls itself; undefined for English, and for what is no language. */
function languageName(displayLanguage: string): string | undefined {
  try {
    const { language, script = '' } = new Intl.Locale(displayLanguage).maximize();
    if (language === 'en') return undefined;
    // Of Chinese, the script tells what the country leaves open.
    const code = language === 'zh' ? `zh-${script}` : displayLanguage;
    return new Intl.DisplayNames(displayLanguage, { type: 'language' }).of(code);
  } catch {
    return undefined;
  }
}
