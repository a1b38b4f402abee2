import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { undiciBundle } from '../../scripts/undiciBundle.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Keeps the network code a bundle of its own, which is loaded at the first request, as esbuild.mjs does. */
const transportBeside: esbuild.Plugin = {
  name: 'transport-beside',
  setup(build) {
    build.onResolve({ filter: /transportBundle\.ts$/ }, () => ({ path: './transport.cjs', external: true }));
  },
};

/** Bundles the measuring child and every contestant into `folder`, all with the options the extension ships with. */
export async function bundle(folder: string, contestants: readonly string[]): Promise<void> {
  const options = {
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies esbuild.BuildOptions;
  const entries = contestants.map(name => [name, join(here, 'contestants', `${name}.ts`)]);
  await esbuild.build({
    ...options,
    entryPoints: { child: join(here, 'child.ts'), ...(Object.fromEntries(entries) as Record<string, string>) },
    plugins: [transportBeside],
    supported: { 'dynamic-import': false },
  });
  await esbuild.build({
    ...options,
    ...undiciBundle,
    entryPoints: { transport: join(here, '../../src/core/transport/transportBundle.ts') },
  });
}
