import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { projectRoot } from '../../../harness/editor/project.ts';

type Wrapper = (
  exports: object,
  require: (name: string) => unknown,
  module: { exports: unknown },
  file: string,
  folder: string,
) => void;

const scripts = new Map<string, Script>();

/**
 * Evaluates a bundle of `dist` with `vscode` in the place of the editor, and those that it loads in turn: anew at each
 * call, as a window does. Compiled once.
 */
export function loadBundle(name: string, vscode: unknown): unknown {
  const folder = join(projectRoot, 'dist');
  const loaded = new Map<string, { exports: unknown }>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    loaded.set(file, module);
    const nodeRequire = createRequire(file);
    const require = (wanted: string): unknown => {
      if (wanted === 'vscode') return vscode;
      return wanted.startsWith('./') ? load(join(dirname(file), wanted)) : nodeRequire(wanted);
    };
    const wrapper = scriptOf(file).runInThisContext() as Wrapper;
    wrapper(module.exports as object, require, module, file, folder);
    return module.exports;
  };
  return load(join(folder, name));
}

function scriptOf(file: string): Script {
  const script =
    scripts.get(file) ??
    new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`, {
      filename: file,
    });
  scripts.set(file, script);
  return script;
}
