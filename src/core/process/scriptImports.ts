/** Endings of scripts whose imports are looked for. */
const ofNode = /\.[cm]?[jt]sx?$/i;
const ofPython = /\.py$/i;

const nodeImport =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\(|\brequire\.resolve\s*\()\s*(["'`])(\.{1,2}(?:\/[^"'`\n]*)?)\1/g;
const pythonImport = /^[ \t]*(?:from[ \t]+([\w.]*)[ \t]+import[ \t]+([^\n#]+)|import[ \t]+([^\n#]+))/gm;

const nodeEndings = ['', ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts', 'json', 'node'].map(ending => `.${ending}`)];

/**
 * Where a script's relative imports may lead, relative to its folder, as `./x.js` or `../lib/index.ts`: every file that
 * could be meant, since one that is put before another takes its place. Of Python also what lies beside it.
 */
export function scriptImports(path: string, text: string): string[] {
  if (ofNode.test(path))
    return [...new Set(Array.from(text.matchAll(nodeImport)).flatMap(([, , to = '']) => ofNodes(to)))];
  if (!ofPython.test(path)) return [];
  const found = Array.from(text.matchAll(pythonImport)).flatMap(([, from, names = '', modules = '']) =>
    from === undefined ? namesIn(modules).flatMap(name => ofModule(name)) : ofFrom(from, namesIn(names)),
  );
  return [...new Set(found)];
}

function ofNodes(to: string): string[] {
  // `./x.js` may be written as `x.ts`.
  const bare = to.replace(/\.[cm]?jsx?$/i, '');
  const stems = bare === to ? [to] : [to, bare];
  return stems.flatMap(stem => nodeEndings.flatMap(ending => [`${stem}${ending}`, `${stem}/index${ending}`]));
}

/** `from a.b import c`: the module, or one in it. */
function ofFrom(from: string, names: readonly string[]): string[] {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  const up = '../'.repeat(Math.max(0, dots - 1));
  const module = from.slice(dots);
  const inside = module === '' ? '' : `${module}.`;
  return [
    ...(module === '' ? [`${up}./__init__.py`] : ofModule(module, up)),
    ...names.flatMap(name => ofModule(inside + name, up)),
  ];
}

/** `a.b`: each package that leads there runs its `__init__.py`. */
function ofModule(module: string, up = ''): string[] {
  const parts = module.split('.');
  return parts.flatMap((_, at) => {
    const stem = `./${up}${parts.slice(0, at + 1).join('/')}`;
    return [`${stem}.py`, `${stem}/__init__.py`];
  });
}

function namesIn(list: string): string[] {
  return list
    .replace(/[()\\]/g, ' ')
    .split(',')
    .map(name => name.trim().split(/\s/)[0] ?? '')
    .filter(name => /^[\w.]+$/.test(name));
}
