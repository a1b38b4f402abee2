import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const named = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The licences of packages, each with its name and version. `folders` as bundledPackages gives them, below `root`. */
export function licensesOf(folders: readonly string[], root: string): string {
  return folders.map(folder => licenseOf(join(root, folder))).join(`\n${'-'.repeat(80)}\n\n`);
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = existsSync(folder) ? readdirSync(folder).filter(file => named.test(file)) : [];
  const texts = files.sort().map(file => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version}${license === undefined ? '' : ` (${license})`}`, ...texts].join('\n\n') + '\n';
}
