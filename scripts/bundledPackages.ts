import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folders of the packages whose code is in what was built into `folder`, such as `node_modules/undici`, in order.
 * They are found in the source maps: all of them are devDependencies, since none is installed with the extension.
 */
export function bundledPackages(folder: string): string[] {
  const maps = globSync('{*,webview/*}.map', { cwd: folder });
  if (maps.length === 0) throw new Error(`There are no source maps in ${folder}.`);
  const sources = maps.flatMap(
    map => (JSON.parse(readFileSync(join(folder, map), 'utf8')) as { sources: string[] }).sources,
  );
  return packagesOf(sources);
}

/** The folders of the packages that the files among `sources` are of. */
export function packagesOf(sources: readonly string[]): string[] {
  const packages = sources.flatMap(source => /\b(node_modules\/.*)/.exec(source)?.[1] ?? []).map(packageFolder);
  return [...new Set(packages)].sort();
}

/** Of a file: what is below the last `node_modules`, with its scope. */
function packageFolder(path: string): string {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
}
