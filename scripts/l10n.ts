/**
 * `npm run l10n`: says for each language which strings have no translation, which translations have no string any more,
 * and which lost a part such as `{0}`. With `--tidy`, translation files are sorted and what is superfluous goes.
 */
import { sourceStrings } from './l10n/sourceStrings.ts';
import { differencesOf, tidy, translationFiles } from './l10n/translations.ts';

if (process.argv.includes('--tidy')) translationFiles().forEach(tidy);

const { unreadable } = sourceStrings();
list('Texts that are not literals in t(…)', unreadable);
let problems = unreadable.length;
for (const file of translationFiles()) {
  const { missing, superfluous, unlike } = differencesOf(file);
  const count = missing.length + superfluous.length + unlike.length;
  console.log(
    `${file.path}: ${Object.keys(file.english).length} strings, ${count === 0 ? 'all is well' : `${count} problems`}`,
  );
  list(
    '  Missing',
    missing.map(key => JSON.stringify(key)),
  );
  list(
    '  Superfluous',
    superfluous.map(key => JSON.stringify(key)),
  );
  list(
    '  Other parts than in English',
    unlike.map(({ key, differences }) => `${JSON.stringify(key)}: ${differences.join('; ')}`),
  );
  problems += count;
}
if (problems > 0) process.exitCode = 1;

function list(title: string, lines: string[]): void {
  if (lines.length > 0) console.log(`${title} (${lines.length}):\n${lines.map(line => `    ${line}`).join('\n')}`);
}
