/**
 * Builds what the editor loads into dist/, or into the folder behind `--out`. `--watch` builds again at every change,
 * `--minify` is what ships, `--tests` adds the suite that runs inside the extension host and the companion
 * of the windows that journeys drive.
 *
 * The network client is a bundle of its own: evaluating undici costs more than all the rest together, so it is loaded
 * at the first request (see src/host/connection/lazyTransport.ts). What reads and writes the files of
 * conversations is another one, for its Markdown renderer, so are the rules for secrets (see src/host/connection/secretFilter.ts), what asks
 * the user's own check (see src/host/connection/moderation.ts), and so are
 * the threads that conversations, usage and checkpoints are stored in (see
 * src/host/storage/openStore.ts).
 * The client of the Model Context Protocol is loaded when a server is first needed, and what is asked and shown of servers
 * when it is.
 */
import { globSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { packagesOf } from './scripts/bundledPackages.ts';
import { readIconCodes, usedIcons, withGlyphs, withIconClasses } from './scripts/iconFont.ts';
import { licensesOf } from './scripts/licensesOf.ts';
import { undiciBundle } from './scripts/undiciBundle.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : join(root, 'dist');

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify,
  sourcemap: minify ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
};

/** @type {esbuild.BuildOptions} */
const node = { ...common, platform: 'node', format: 'cjs', target: 'node22', external: ['vscode'] };

/**
 * One module that hands the editor's API on. Each module that imports it by itself would copy its hundreds of properties
 * at the start, which takes longer than evaluating everything else.
 * @type {esbuild.Plugin}
 */
const vscodeOnce = {
  name: 'vscode once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'once' },
    );
    build.onLoad({ filter: /./, namespace: 'once' }, () => ({ contents: `export * from 'vscode';` }));
  },
};

/**
 * Writes beside each page's script what it imports from the start, so that the page can load it all at once.
 * @type {esbuild.Plugin}
 */
const listImports = {
  name: 'list imports',
  setup(build) {
    const { entryPoints, outdir } = build.initialOptions;
    build.onEnd(async ({ metafile }) => {
      for (const entry of entryPoints) {
        const file = join(outdir, `${entry.out}.js`);
        const output = metafile?.outputs[relative(root, file)];
        if (!output) continue;
        const imported = output.imports.filter(({ kind }) => kind === 'import-statement');
        await writeFile(`${file}.imports.json`, JSON.stringify(imported.map(({ path }) => basename(path))));
      }
    });
  },
};

/**
 * Parts of the diagrams' library that are larger than all the rest of it: another layout, and formulas in labels. A diagram that
 * asks for one of them is shown as its source.
 * @type {esbuild.Plugin}
 */
const leaveOut = {
  name: 'leave out',
  setup(build) {
    build.onResolve({ filter: /^(?:elkjs|katex)(?:\/|$)/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error('${path} is not part of this build.'); export default undefined;`,
    }));
  },
};

/**
 * Some packages hold others within their own files, and their source maps name those by where they lay when they were built:
 * secretlint's preset, and the SDK of the Model Context Protocol. Which packages ship is read from our maps
 * (scripts/bundledPackages.ts), and it is these.
 * @type {esbuild.Plugin}
 */
const withoutInnerMaps = {
  name: 'without inner maps',
  setup(build) {
    const holding = /secretlint-rule-preset-recommend.*\.js$|[\\/]@modelcontextprotocol[\\/].*\.mjs$/;
    build.onLoad({ filter: holding }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, ''),
    }));
  },
};

const codicons = join(root, 'node_modules/@vscode/codicons/dist');
const iconCodes = readIconCodes(await readFile(join(codicons, 'codicon.css'), 'utf8'));
const ownSources = globSync('src/**/*.{ts,tsx,css}', { cwd: root }).map(path => readFile(join(root, path), 'utf8'));
const icons = usedIcons(await Promise.all(ownSources), iconCodes);

/**
 * The classes of those icons that are used.
 * @type {esbuild.Plugin}
 */
const usedIconClasses = {
  name: 'used icon classes',
  setup(build) {
    build.onLoad({ filter: /[\\/]codicon\.css$/ }, async ({ path }) => ({
      contents: withIconClasses(await readFile(path, 'utf8'), icons),
      loader: 'css',
    }));
  },
};

/**
 * A third of the client of the Model Context Protocol checks inputs by their schemas, which src/core/mcp/sdkConnection.ts
 * leaves to our own check.
 * @type {esbuild.Plugin}
 */
const withoutValidator = {
  name: 'without validator',
  setup(build) {
    build.onLoad({ filter: /[\\/]@modelcontextprotocol[\\/]client[\\/]dist[\\/]ajvProvider-[^\\/]*\.mjs$/ }, () => ({
      contents: `export class n {
        constructor() {
          throw new Error('The validator is not part of this build.');
        }
      }`,
    }));
  },
};

/** @type {esbuild.BuildOptions} */
const browser = {
  ...common,
  outdir: join(out, 'webview'),
  platform: 'browser',
  format: 'esm',
  target: 'chrome138',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  splitting: true,
  metafile: true,
  plugins: [listImports, leaveOut, usedIconClasses],
  // Where it lies is known to the page alone.
  external: ['./codicon.ttf?*'],
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts', host: 'src/host/startHost.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    external: ['host', 'transport', 'browser', 'carry', 'filter', 'moderation', 'mcp', 'servers', 'shell'].map(
      name => `./${name}.cjs`,
    ),
    plugins: [vscodeOnce],
    // Another bundle is loaded by require, which takes a few milliseconds less than an import of CommonJS.
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    entryPoints: { transport: 'src/core/transport/transportBundle.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    ...undiciBundle,
  },
  {
    ...node,
    entryPoints: { filter: 'src/core/filter/filterBundle.ts' },
    plugins: [withoutInnerMaps],
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    entryPoints: {
      browser: 'src/core/browser/browserBundle.ts',
      carry: 'src/page/carryBundle.ts',
      shell: 'src/core/tools/shellBundle.ts',
    },
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    entryPoints: { moderation: 'src/core/moderation/moderationBundle.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    // As in the host: what starts processes is evaluated when a command is first run.
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    entryPoints: { mcp: 'src/core/mcp/mcpBundle.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    plugins: [withoutValidator, withoutInnerMaps],
  },
  {
    ...node,
    entryPoints: { servers: 'src/host/mcp/serversBundle.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    external: ['./mcp.cjs'],
    plugins: [vscodeOnce],
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    entryPoints: {
      checkpoints: 'src/core/checkpoints/checkpointThread.ts',
      ledger: 'src/core/usage/ledgerThread.ts',
      store: 'src/core/store/storeThread.ts',
    },
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
  {
    ...browser,
    entryPoints: [
      { in: 'src/webview/main.tsx', out: 'main' },
      { in: 'src/webview/styles/view.css', out: 'view' },
    ],
  },
  // Apart from the view: what the two share would be one more file that the view waits for.
  {
    ...browser,
    entryPoints: [
      { in: 'src/webview/inspector/main.tsx', out: 'inspector' },
      { in: 'src/webview/styles/inspector.css', out: 'inspector' },
    ],
  },
  {
    ...browser,
    entryPoints: [
      { in: 'src/webview/toolTrial/main.tsx', out: 'toolTrial' },
      { in: 'src/webview/styles/toolTrial.css', out: 'toolTrial' },
    ],
  },
  {
    ...browser,
    entryPoints: [
      { in: 'src/webview/usage/main.tsx', out: 'usage' },
      { in: 'src/webview/styles/usage.css', out: 'usage' },
    ],
  },
];
const tests = process.argv.includes('--tests');
if (tests) {
  builds.push({
    ...node,
    entryPoints: ['test/integration/index.ts', 'test/integration/suites/*.test.ts'],
    outdir: join(out, 'test'),
    outbase: 'test/integration',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
  builds.push({
    ...node,
    entryPoints: { extension: 'test/companion/extension.ts' },
    outdir: join(out, 'test/companion'),
    outExtension: { '.js': '.cjs' },
  });
}

await rm(out, { recursive: true, force: true });
await mkdir(join(out, 'codicons'), { recursive: true });
const characters = new Set([...icons].map(name => iconCodes.get(name)));
await writeFile(
  join(out, 'codicons/codicon.ttf'),
  withGlyphs(await readFile(join(codicons, 'codicon.ttf')), characters),
);
if (tests) await cp(join(root, 'test/companion/package.json'), join(out, 'test/companion/package.json'));
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  const built = await Promise.all(builds.map(options => esbuild.build({ ...options, metafile: true })));
  const parts = built.flatMap(({ metafile }) => Object.values(metafile.outputs).map(({ inputs }) => inputs));
  const sources = parts.flatMap(inputs => Object.keys(inputs).filter(name => inputs[name]?.bytesInOutput));
  await writeFile(join(out, 'thirdPartyLicenses.txt'), licensesOf(packagesOf(sources), root));
}
