import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { test } from 'node:test';
import { major, minVersion, subset } from 'semver';
import { languages } from '../../scripts/l10n/languages.ts';
import { commandIds } from '../../src/shared/commandIds.ts';

interface Manifest {
  l10n: string;
  engines: { node: string; vscode: string };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  devDependencies: Record<string, string>;
  contributes: {
    commands: { command: string; title: string }[];
    menus: Record<string, { command?: string }[]>;
    keybindings: { command: string }[];
    configuration: { properties: Record<string, { scope?: string; default: unknown }> }[];
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const declared = manifest.contributes.commands.map(({ command }) => command).sort();
const settings = Object.assign({}, ...manifest.contributes.configuration.map(group => group.properties)) as Record<
  string,
  { scope?: string; default: unknown }
>;

test('every declared command is registered, and every registered one declared', () => {
  assert.deepEqual([...commandIds].sort(), declared);
});

test('every picture that the manifest and the README name is there', () => {
  const named = [text, readFileSync('README.md', 'utf8')].flatMap(source => [
    ...source.matchAll(/\bmedia\/[\w/-]+\.(?:png|svg|webp|md)\b/g),
  ]);
  assert.ok(named.length >= 20);
  assert.deepEqual(
    named.map(([file]) => file).filter(file => !existsSync(file)),
    [],
  );
});

test('menus, keys and the walkthrough name commands that exist', () => {
  const links = Object.values(strings).flatMap(string => [...string.matchAll(/\(command:(marginalia\.\w+)/g)]);
  const completions = [...text.matchAll(/"onCommand:(marginalia\.\w+)"/g)];
  assert.ok(links.length > 0 && completions.length > 0);
  const named = [
    ...Object.values(manifest.contributes.menus).flatMap(items => items.flatMap(item => item.command ?? [])),
    ...manifest.contributes.keybindings.map(({ command }) => command),
    ...[...links, ...completions].map(found => found[1] ?? ''),
  ];
  assert.deepEqual(
    named.filter(command => !declared.includes(command)),
    [],
  );
});

test('every string of the manifest is there, and no string is left over', () => {
  const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(found => found[1] ?? '');
  assert.deepEqual([...new Set(used)].sort(), Object.keys(strings).sort());
});

test('the folder of translations that is named has a file for every language, and ships', () => {
  const folder = normalize(manifest.l10n);
  assert.deepEqual(readdirSync(folder).sort(), languages.map(language => `bundle.l10n.${language}.json`).sort());
  assert.ok(readFileSync('.vscodeignore', 'utf8').split('\n').includes(`!${folder}/**`));
});

test('every setting that is read is declared, and every declared one read', () => {
  const config = readFileSync('src/host/config.ts', 'utf8').matchAll(/(?:In\(.*?, |get<unknown>\()'([\w.]+)'/g);
  const network = readFileSync('src/host/connection/network.ts', 'utf8').matchAll(
    /getConfiguration\('marginalia'\)\.get\('(\w+)'/g,
  );
  const read = [...config, ...network].map(found => `marginalia.${found[1]}`);
  assert.deepEqual([...new Set(read)].sort(), Object.keys(settings).sort());
});

test('the settings that decide where the key goes, and what may be spent, are the user’s alone', () => {
  for (const name of ['baseUrl', 'authentication', 'budgetPerDay', 'budgetPerMonth', 'browser.enabled']) {
    assert.equal(settings[`marginalia.${name}`]?.scope, 'application', name);
  }
});

/** What a workspace may set that nobody trusts yet, and why that harms nobody. */
const harmless: Record<string, string> = {
  fontSize: 'how the chat looks, within bounds',
  lineHeight: 'how the chat looks, within bounds',
  lineWidth: 'how the chat looks, within bounds',
  expandThinking: 'whether thinking that has come is unfolded; it is asked for elsewhere',
  notifyWhenUnfocused: 'when the editor tells of an answer',
};

test('a workspace that is not trusted changes no request: every setting is restricted, the user’s alone or harmless', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const ofWorkspaces = Object.keys(settings).filter(name => settings[name]?.scope !== 'application');
  const allowed = Object.keys(harmless).map(name => `marginalia.${name}`);
  assert.deepEqual([...restrictedConfigurations, ...allowed].sort(), ofWorkspaces.sort());
});

test('the names and defaults that the outside relies on', () => {
  assert.equal(settings['marginalia.baseUrl']?.default, 'https://api.apimart.ai');
  assert.equal(settings['marginalia.model']?.default, 'claude-sonnet-4-5-20250929');
  for (const unset of ['temperature', 'topP', 'topK']) assert.equal(settings[`marginalia.${unset}`]?.default, null);
});

test('the oldest editor that the manifest allows is the one that is tested, and typed against', () => {
  const minor = /^\^1\.(\d+)\.0$/.exec(manifest.engines.vscode)?.[1];
  assert.ok(minor !== undefined, manifest.engines.vscode);
  const pin = JSON.parse(readFileSync('test/integration/oldest/package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  // The versions of code-server are those of VS Code, three majors on.
  assert.match(pin.dependencies['code-server'] ?? '', new RegExp(`^4\\.${minor}\\.\\d+$`));
  assert.match(manifest.devDependencies['@types/vscode'] ?? '', new RegExp(`^1\\.${minor}\\.\\d+$`));
  assert.match(readFileSync('README.md', 'utf8'), new RegExp(`VS Code 1\\.${minor}\\b`));
});

test('the Node that is asked for is one that no package warns of', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { optional?: boolean; engines?: { node?: string } }>;
  };
  const warning = Object.entries(lock.packages).filter(
    ([, { optional, engines }]) => optional !== true && !subset(manifest.engines.node, engines?.node ?? '*'),
  );
  assert.deepEqual(
    warning.map(([path]) => path),
    [],
  );
});

test('the Node that scripts run on and the least that is asked for are written down', () => {
  const own = manifest.devDependencies['node'] ?? '';
  assert.ok(subset(own, manifest.engines.node));
  assert.equal(readFileSync('.nvmrc', 'utf8'), `${major(own)}\n`);
  const least = minVersion(manifest.engines.node);
  assert.match(readFileSync('README.md', 'utf8'), new RegExp(`Node ${least?.major}\\.${least?.minor}\\b`));
});

test('no lock file and no source names a registry', () => {
  for (const file of globSync(['package-lock.json', 'harness/**/package-lock.json', 'test/**/package-lock.json'])) {
    assert.equal(readFileSync(file, 'utf8').includes('"resolved"'), false, file);
  }
});
