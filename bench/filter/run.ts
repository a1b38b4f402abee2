import { setImmediate as nextTurn } from 'node:timers/promises';
import { findSecrets } from '../../src/core/filter/findSecrets.ts';
import type { Wanted } from '../../src/core/filter/found.ts';
import { LoopWatch, threadCpuMs } from '../loopWatch.ts';
import { hostile, type Kind, usual } from './texts.ts';

const wanted: Wanted = { secrets: true, personal: true };
/** How much larger the larger input is: three doublings, since a single one is lost in what the caches do. */
const growth = 8;
const characters = 1_000_000;
/** Megabytes of the usual texts, of which the growth is told. */
const sizes = [1, 2, 4, 8] as const;
/** Milliseconds of processor time that are measured at once, about. */
const leastCpuMs = 80;

/** What it takes to look for secrets: in a megabyte of the usual, in more of it, and in what was made to take long. */
export async function run({ quick, only }: { quick: boolean; only: readonly string[] }): Promise<void> {
  const isWanted = ({ name }: Kind): boolean => only.length === 0 || only.some(word => name.includes(word));
  const rounds = quick ? 2 : 5;
  console.log('| What is searched | secrets, ms/MB | ≤ 20 | personal data too | Stop waits, ms | ≤ 100 |');
  console.log('| --- | ---: | --- | ---: | ---: | --- |');
  for (const { name, make } of usual.filter(isWanted)) {
    const text = make(characters);
    const [secrets] = await least([text], rounds, { secrets: true, personal: false });
    const [all] = await least([text], rounds, wanted);
    console.log(
      `| ${name} | ${secrets.cpuMs.toFixed(1)} | ${verdict(secrets.cpuMs <= 20)} | ${all.cpuMs.toFixed(1)} | ${all.blockedMs.toFixed(0)} | ${verdict(all.blockedMs <= 100)} |`,
    );
  }
  console.log('');
  console.log('| Of so many MB, ms/MB | 1 | 2 | 4 | 8 | exponent | ≤ 1.05 |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- |');
  for (const { name, make } of usual.filter(isWanted)) {
    const measured = await least(
      sizes.map(size => make(size * characters)),
      rounds,
      { secrets: true, personal: false },
    );
    const each = sizes.map((size, index) => ({ size, cpuMs: measured[index]?.cpuMs ?? Infinity }));
    const exponent = exponentOf(each);
    const cells = each.map(({ size, cpuMs }) => (cpuMs / size).toFixed(1)).join(' | ');
    console.log(`| ${name} | ${cells} | ${exponent.toFixed(2)} | ${verdict(exponent <= 1.05)} |`);
  }
  console.log('');
  console.log('| Made to take long | of an eighth, ms | ms/MB | exponent | ≤ 1.1 | Stop waits, ms | ≤ 100 |');
  console.log('| --- | ---: | ---: | ---: | --- | ---: | --- |');
  for (const { name, make } of hostile.filter(isWanted)) {
    const [one, many] = await least([make(characters / growth), make(characters)], rounds, wanted);
    const exponent = Math.log(many.cpuMs / one.cpuMs) / Math.log(growth);
    console.log(
      `| ${name} | ${one.cpuMs.toFixed(1)} | ${many.cpuMs.toFixed(1)} | ${exponent.toFixed(2)} | ${verdict(exponent <= 1.1)} | ${many.blockedMs.toFixed(0)} | ${verdict(many.blockedMs <= 100)} |`,
    );
  }
}

interface Measured {
  cpuMs: number;
  blockedMs: number;
}

/** The least of all rounds, in which the texts take turns: what else the machine does only adds. */
async function least<Texts extends string[]>(
  texts: [...Texts],
  rounds: number,
  what: Wanted,
): Promise<{ [Index in keyof Texts]: Measured }> {
  // What is compiled at the first size would be faster at the second.
  for (const text of texts) await measure(text, what, 1);
  const times: number[] = [];
  for (const text of texts) {
    times.push(Math.ceil(leastCpuMs / Math.max((await measure(text, what, 1)).cpuMs, 0.1)));
  }
  const best = texts.map((): Measured => ({ cpuMs: Infinity, blockedMs: Infinity }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, text] of texts.entries()) {
      const measured = await measure(text, what, times[index] ?? 1);
      const { cpuMs = Infinity, blockedMs = Infinity } = best[index] ?? {};
      best[index] = {
        cpuMs: Math.min(cpuMs, measured.cpuMs),
        blockedMs: Math.min(blockedMs, measured.blockedMs),
      };
    }
  }
  return best as { [Index in keyof Texts]: Measured };
}

async function measure(text: string, what: Wanted, times: number): Promise<Measured> {
  const watch = new LoopWatch();
  const before = threadCpuMs();
  for (let time = 0; time < times; time++) {
    await findSecrets(text, what);
    await nextTurn();
  }
  return { cpuMs: (threadCpuMs() - before) / times, blockedMs: await watch.end() };
}

/** With which power of the size the time grows: the slope of the line that fits best where both are logarithms. */
function exponentOf(measured: readonly { size: number; cpuMs: number }[]): number {
  const points = measured.map(({ size, cpuMs }) => [Math.log(size), Math.log(cpuMs)] as const);
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const rise = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return rise / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**';
}
