/**
 * One measurement of one contestant in a fresh process: `node child.cjs BUNDLE MODE ORIGIN [CASE WARM_UPS]`.
 * Prints a `Measurement` as JSON. Times come from the machine's clock, which the server reads too.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from './contestant.ts';

export type Measurement =
  /** A whole stream, after one short answer that loads and connects; and the same again, once it was read a few times. */
  | { mode: 'stream'; cpuMs: number; wallMs: number; peakBytes: number; characters: number; againCpuMs?: number }
  /** The first request of the process, from before the contestant is loaded, or from where it was warmed up. */
  | { mode: 'cold'; fromLoadMs: number; fromByteMs: number }
  /** From the abort to the server's seeing the socket closed, for several requests. */
  | { mode: 'stop'; closedAfterMs: number[] };

export const stopsPerProcess = 4;

const [bundle = '', mode = '', origin = '', caseName = '', warmUpsText = '0'] = process.argv.slice(2);
const warmUps = Number(warmUpsText);
const longestRepeatedMs = 1_000;
const measure: Record<string, () => Promise<Measurement>> = {
  stream: measureStream,
  cold: measureCold,
  stop: measureStop,
};
void measure[mode]?.().then(measurement => {
  console.log(JSON.stringify(measurement));
  // Connections that are kept alive would hold the process.
  process.exit(0);
});

function load(): Contestant {
  return createRequire(bundle)(bundle) as Contestant;
}

async function measureStream(): Promise<Measurement> {
  const contestant = load();
  const { signal } = new AbortController();
  await contestant.answer(`${origin}/first`, () => undefined, signal);
  let characters = 0;
  const readOnce = async (): Promise<{ cpuMs: number; wallMs: number }> => {
    characters = 0;
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    await contestant.answer(`${origin}/${caseName}`, text => (characters += text.length), signal);
    const { user, system } = process.cpuUsage(cpuBefore);
    return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - startedAt };
  };
  const first = await readOnce();
  const peak = peakBytes();
  let again: number | undefined;
  // A client that is this slow does not get quick by being compiled, and the whole run has to end.
  if (warmUps > 0 && first.cpuMs < longestRepeatedMs) {
    for (let count = 1; count < warmUps; count++) await readOnce();
    // A collection of garbage falls into every other one.
    again = ((await readOnce()).cpuMs + (await readOnce()).cpuMs) / 2;
  }
  return { mode: 'stream', ...first, ...(again !== undefined && { againCpuMs: again }), peakBytes: peak, characters };
}

async function measureCold(): Promise<Measurement> {
  let startedAt = process.hrtime.bigint();
  let firstAt: bigint | undefined;
  let writtenAt = 0n;
  const contestant = load();
  if (contestant.warmUp) {
    await contestant.warmUp(origin);
    startedAt = process.hrtime.bigint();
  }
  await contestant.answer(
    `${origin}/first`,
    text => {
      if (firstAt !== undefined) return;
      firstAt = process.hrtime.bigint();
      writtenAt = BigInt(text);
    },
    new AbortController().signal,
  );
  const first = firstAt ?? 0n;
  return { mode: 'cold', fromLoadMs: milliseconds(first - startedAt), fromByteMs: milliseconds(first - writtenAt) };
}

async function measureStop(): Promise<Measurement> {
  const contestant = load();
  const closedAfterMs: number[] = [];
  for (let count = 0; count < stopsPerProcess; count++) {
    const abort = new AbortController();
    const flowing = Promise.withResolvers<undefined>();
    // Some clients reject when they are stopped, others resolve.
    const ended = contestant
      .answer(`${origin}/slow`, () => flowing.resolve(undefined), abort.signal)
      .catch(() => undefined);
    await Promise.race([flowing.promise, sleep(500)]);
    await sleep(20);
    const stoppedAt = process.hrtime.bigint();
    abort.abort();
    // Loading `fetch` at once would keep the client from closing.
    await sleep(50);
    const closedAt = BigInt(await (await fetch(`${origin}/closed`)).text());
    closedAfterMs.push(milliseconds(closedAt - stoppedAt));
    await ended;
  }
  return { mode: 'stop', closedAfterMs };
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e6;
}

/** Linux counts the parent's memory in `maxRSS`, which a process inherits; the kernel's own high-water mark does not. */
function peakBytes(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
