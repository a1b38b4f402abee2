/**
 * Builds what the editor loads into dist/, or into the folder behind `--out`. `--watch` builds again at every change,
 * `--minify` is what ships, `--tests` adds the suite that runs inside the extension host and the companion
 * of the windows that journeys drive.
 *
 * The network client is a bundle of its own: evaluating undici costs more than all the rest together, so it is loaded
 * at the first request (see src/host/lazyTransport.ts).
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { undiciBundle } from './undiciBundle.ts';

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

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    external: ['vscode', './transport.cjs'],
    // The other bundle is loaded by require, which takes a few milliseconds less than an import of CommonJS.
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    entryPoints: { transport: 'src/core/messages/transportBundle.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    ...undiciBundle,
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
for (const file of ['codicon.css', 'codicon.ttf']) {
  await cp(join(root, 'node_modules/@vscode/codicons/dist', file), join(out, 'codicons', file));
}
if (tests) await cp(join(root, 'test/companion/package.json'), join(out, 'test/companion/package.json'));
if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
} else {
  await Promise.all(builds.map(options => esbuild.build(options)));
}
