import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles the page and every contestant into `folder`, with the options that the view ships with. */
export async function bundle(folder: string, contestants: readonly string[]): Promise<void> {
  const tsx = new Set(['streamdown', 'reactMarkdown']);
  await esbuild.build({
    entryPoints: [
      { in: join(here, 'page/drive.ts'), out: 'drive' },
      { in: join(here, '../../src/webview/styles/view.css'), out: 'view' },
      ...contestants.map(name => ({
        in: join(here, 'page/contestants', `${name}.${tsx.has(name) ? 'tsx' : 'ts'}`),
        out: `contestants/${name}`,
      })),
    ],
    outdir: folder,
    bundle: true,
    minify: true,
    splitting: true,
    platform: 'browser',
    format: 'esm',
    target: 'chrome138',
    jsx: 'automatic',
    // The contestants draw no icons.
    loader: { '.ttf': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'error',
  });
}
