/**
 * Builds what the editor loads into dist/, or into the folder behind `--out`. `--watch` builds again at every change,
 * `--minify` is what ships, `--tests` adds the suite that runs inside the extension host.
 *
 * The network client is a bundle of its own: evaluating undici costs more than all the rest together, so it is loaded
 * at the first request (see src/host/lazyTransport.ts).
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

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
 * undici keeps its default dispatcher in two global slots that it shares with the editor's own fetch, and fills them
 * when it is loaded. Another extension's requests would then run through our agent, so the module that does it is
 * replaced: our requests always name their dispatcher, and nobody reads a default.
 * @type {esbuild.Plugin}
 */
const privateDispatcher = {
  name: 'undici-without-a-global-dispatcher',
  setup(build) {
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]global\.js$/ }, () => ({
      contents: `
        const unset = () => { throw new Error('Every request names its dispatcher; there is no default one.'); };
        module.exports = { setGlobalDispatcher: unset, getGlobalDispatcher: unset, installedExports: [] };`,
      loader: 'js',
    }));
  },
};

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    external: ['vscode', './transport.cjs'],
  },
  {
    ...node,
    entryPoints: { transport: 'src/core/messages/transportBundle.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    plugins: [privateDispatcher],
  },
  {
    ...common,
    entryPoints: { main: 'src/webview/main.tsx', inspector: 'src/webview/inspector/main.tsx' },
    outdir: join(out, 'webview'),
    platform: 'browser',
    format: 'esm',
    target: 'chrome138',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    splitting: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  },
];
if (process.argv.includes('--tests')) {
  builds.push({
    ...node,
    entryPoints: ['test/integration/index.ts', 'test/integration/suites/*.test.ts'],
    outdir: join(out, 'test'),
    outbase: 'test/integration',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
}

await rm(out, { recursive: true, force: true });
await mkdir(join(out, 'codicons'), { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  await cp(join(root, 'node_modules/@vscode/codicons/dist', file), join(out, 'codicons', file));
}
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  await Promise.all(builds.map(options => esbuild.build(options)));
}
