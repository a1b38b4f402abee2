/** Looks into marginalia.vsix, or the file that is named: what ships is what was meant to, and small. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { languages } from '../../scripts/l10n/languages.ts';
import { fail, PlainError } from '../../harness/editor/plainError.ts';
import { zipEntries } from './zipEntries.ts';

const mostBytes = 4_000_000;
/** Of what is evaluated before the first answer, as `npm run package` has just built it. */
const mostHostBytes = 600 * 1024;

/** Everything that may be in it. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/i,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/license(\.txt|\.md)?$/i,
  /^extension\/dist\/[^/]+\.cjs$/,
  /^extension\/dist\/thirdPartyLicenses\.txt$/,
  /^extension\/dist\/webview\/[^/]+\.(js|css)$/,
  /^extension\/dist\/webview\/[^/]+\.js\.imports\.json$/,
  /^extension\/dist\/codicons\/[^/]+$/,
  /^extension\/media\/.+\.(css|svg|png|webp|md)$/,
  /^extension\/media\/toolFile\.schema\.json$/,
  /^extension\/l10n\/[^/]+\.json$/,
];

/** What it cannot work without, beside all bundles. */
const needed = [
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  ...languages.flatMap(language => [
    `extension/package.nls.${language}.json`,
    `extension/l10n/bundle.l10n.${language}.json`,
  ]),
  'extension/readme.md',
  'extension/LICENSE.txt',
  'extension/dist/thirdPartyLicenses.txt',
  'extension/dist/webview/main.js',
  'extension/dist/webview/main.js.imports.json',
  'extension/dist/webview/inspector.js',
  'extension/dist/codicons/codicon.ttf',
  'extension/dist/webview/view.css',
  'extension/dist/webview/inspector.css',
  'extension/media/icon.png',
  'extension/media/toolFile.schema.json',
];

try {
  const file = process.argv[2] ?? 'marginalia.vsix';
  const content = await readFile(file).catch(() => {
    throw new PlainError(`There is no ${file}; \`npm run package\` makes it.`);
  });
  const names = zipEntries(content);
  const bundles = (await readdir('dist')).filter(name => name.endsWith('.cjs')).map(name => `extension/dist/${name}`);
  const { size: hostBytes } = await stat('dist/host.cjs');
  for (const name of names) console.log(name);
  const problems = [
    ...names.filter(name => !allowed.some(pattern => pattern.test(name))).map(name => `${name} must not ship.`),
    ...[...needed, ...bundles].filter(name => !names.includes(name)).map(name => `${name} is missing.`),
    ...(content.length > mostBytes ? [`${content.length} bytes are more than ${mostBytes}.`] : []),
    ...(hostBytes > mostHostBytes ? [`${hostBytes} bytes of host.cjs are more than ${mostHostBytes}.`] : []),
  ];
  if (problems.length > 0) throw new PlainError(`${file} is not right:\n${problems.join('\n')}`);
  console.log(`${file} is right: ${names.length} files, ${content.length} bytes.`);
} catch (error) {
  fail(error);
}
