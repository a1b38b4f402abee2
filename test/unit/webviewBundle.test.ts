import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const mostBytesBeforePaint = 150_000;

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'marginalia-webview-'));
  execFileSync(process.execPath, ['esbuild.mjs', '--minify', '--out', folder]);
});
after(() => rmSync(folder, { recursive: true }));

test('the script that the view needs before it paints is small; what draws turns comes later, piece by piece', () => {
  const needed = scriptsOf('main.js');
  const bytes = [...needed.values()].reduce((sum, script) => sum + Buffer.byteLength(script), 0);
  assert.ok(bytes <= mostBytesBeforePaint, `${bytes} bytes in ${[...needed.keys()].join(', ')}`);
  const scripts = [...needed.values()].join('\n');
  const later = Array.from(scripts.matchAll(/import\("\.\/([a-zA-Z]+)-/g), ([, name]) => name);
  assert.deepEqual(later.toSorted(), [
    'ParametersView',
    'Transcript',
    'diagramPainter',
    'find',
    'highlightCode',
    'history',
    'renderMath',
    'vscode',
  ]);
});

/** A script and all that it imports before it runs. */
function scriptsOf(name: string, known = new Map<string, string>()): Map<string, string> {
  if (known.has(name)) return known;
  const script = readFileSync(join(folder, 'webview', name), 'utf8');
  known.set(name, script);
  for (const [, imported = ''] of script.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) scriptsOf(imported, known);
  return known;
}
