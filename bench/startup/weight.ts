import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../harness/editor/project.ts';
import { median, ms, type Row } from './table.ts';

const run = promisify(execFile);

/** Evaluates the host's bundle as the editor does, the editor's own API in place of `vscode`, and tells what that took. */
const evaluate = `
  const { createRequire, Module } = require('node:module');
  const part = new Proxy(function () {}, { get: (_, key) => (key === 'prototype' ? {} : part), construct: () => ({}) });
  const vscode = Object.fromEntries(process.argv[2].split(',').map(name => [name, part]));
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const startedAt = performance.now();
  module.exports = createRequire(process.argv[1])(process.argv[1]);
  const tookMs = performance.now() - startedAt;
  globalThis.gc();
  console.log(JSON.stringify({ tookMs, heapBytes: process.memoryUsage().heapUsed - before }));`;

interface Evaluated {
  tookMs: number;
  heapBytes: number;
}

/** What the build in `dist` weighs: bundles, the time to evaluate the host's, the package. */
export async function measureWeight(dist: string, vsix: string, rounds: number): Promise<Row[]> {
  const typings = await readFile(join(projectRoot, 'node_modules/@types/vscode/index.d.ts'), 'utf8');
  const names = [...typings.matchAll(/^\s*export (?:abstract )?(?:class|enum|namespace) (\w+)/gm)].map(
    found => found[1],
  );
  const evaluated = async (bundle: string): Promise<Evaluated> => {
    const took: Evaluated[] = [];
    for (let round = 0; round < rounds; round++) {
      const { stdout } = await run(process.execPath, ['--expose-gc', '-e', evaluate, join(dist, bundle), names.join()]);
      took.push(JSON.parse(stdout) as Evaluated);
    }
    return { tookMs: median(took.map(each => each.tookMs)), heapBytes: median(took.map(each => each.heapBytes)) };
  };
  const first = await evaluated('extension.cjs');
  const later = await evaluated('host.cjs');
  const heap = first.heapBytes + later.heapBytes;
  const host = (await size(join(dist, 'extension.cjs'))) + (await size(join(dist, 'host.cjs')));
  const transport = await size(join(dist, 'transport.cjs'));
  const script = await staticScript(join(dist, 'webview'), 'main.js');
  const shipped = await size(vsix);
  return [
    {
      what: 'bundle that activation evaluates, in a fresh Node',
      measured: ms(first.tookMs),
      aim: '≤ 5 ms',
      isMet: first.tookMs <= 5,
    },
    { what: 'the host’s, evaluated while the view loads', measured: ms(later.tookMs) },
    { what: 'heap of both', measured: `${(heap / 1e6).toFixed(2)} MB`, aim: '≤ 2 MB', isMet: heap <= 2e6 },
    {
      what: 'bundles of the host, with the network’s that is loaded later',
      measured: `${kb(host)}, ${kb(host + transport)}`,
      aim: '≤ 600 KB',
      isMet: host + transport <= 600e3,
    },
    {
      what: 'script that the view needs to draw itself',
      measured: kb(script),
      aim: '≤ 150 KB',
      isMet: script <= 150e3,
    },
    { what: 'package (VSIX)', measured: kb(shipped), aim: '≤ 2 MB', isMet: shipped <= 2e6 },
  ];
}

/** Bytes of a script and of all that it imports from the start. */
async function staticScript(folder: string, name: string): Promise<number> {
  const text = await readFile(join(folder, name), 'utf8');
  const imported = [...text.matchAll(/(?:^|[;}])import(?:[^"'();]*from)?["']\.\/([^"']+)["']/g)].map(
    found => found[1] ?? '',
  );
  const sizes = await Promise.all([...new Set(imported)].map(part => staticScript(folder, part)));
  return sizes.reduce((sum, each) => sum + each, Buffer.byteLength(text));
}

async function size(file: string): Promise<number> {
  return (await stat(file)).size;
}

function kb(bytes: number): string {
  return `${Math.round(bytes / 1000)} KB`;
}
