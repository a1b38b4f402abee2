import { setImmediate as nextTurn } from 'node:timers/promises';
import { EndpointBorder } from '../../src/core/messages/endpoint.ts';
import { AnswerAssembler } from '../../src/core/messages/assembler.ts';
import { fetchModelList } from '../../src/core/endpoint/modelList.ts';
import { readAnswer } from '../../src/core/messages/readAnswer.ts';
import type { Transport } from '../../src/core/transport/transport.ts';
import { BlockText } from '../../src/webview/blocks/blockText.ts';
import type { Surroundings } from '../../src/webview/markdown/surroundings.ts';
import { FakeElement, fakeDocument } from '../../harness/dom/fakeDom.ts';
import { LoopWatch, threadCpuMs } from '../loopWatch.ts';
import { bodies, type Kind, markdown, modelLists } from './kinds.ts';

/** What is measured of a kind: the time it takes, and the longest time for which Stop could not have been heard. */
interface Measured {
  cpuMs: number;
  blockedMs: number;
}

/** Milliseconds of processor time that are measured at once, about. */
const leastCpuMs = 80;
/** How much larger the larger input is: three doublings, since a single one is lost in what the caches do. */
const usualGrowth = 8;
/**
 * V8 gives strings beyond 128 KB pages of their own: only to decode one takes some 5 ns a character, where a shorter one
 * takes a tenth of one. An error is read up to 1 MiB: both sizes of a body lie between the two, so that what differs is ours.
 */
const bodySizes = { characters: 1_000_000, growth: 4 };

interface Trial extends Kind {
  read: (input: string) => Promise<void>;
  /** Of the larger one of the two sizes. */
  characters: number;
  /** How much larger that is; absent: `usualGrowth`. */
  growth?: number;
}

const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };

const groups: Record<string, Trial[]> = {
  'what an endpoint answers': [
    ...bodies.map(kind => ({
      ...kind,
      ...bodySizes,
      read: (input: string) => readBody(input, kind.status),
    })),
    ...modelLists.map(kind => ({ ...kind, characters: 2_000_000, read: readModels })),
  ],
  'Markdown, at once': markdown.map(kind => ({ ...kind, characters: 128_000, read: readAtOnce })),
  'Markdown, 20 characters at a time': markdown.map(kind => ({ ...kind, characters: 64_000, read: readStreamed })),
};

/** Time against size for everything that comes from others, and how long Stop would wait. */
export async function run({ quick, only }: { quick: boolean; only: readonly string[] }): Promise<void> {
  for (const [title, trials] of Object.entries(groups)) {
    const wanted = trials.filter(
      ({ name }) => only.length === 0 || only.some(word => `${title}: ${name}`.includes(word)),
    );
    if (wanted.length === 0) continue;
    console.log(`| ${title} | KB | smaller by | its CPU, ms | CPU, ms | exponent | ≤ 1.1 | Stop waits, ms | ≤ 100 |`);
    console.log('| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | --- |');
    for (const trial of wanted) console.log(await rowOf(trial, quick ? 2 : 5));
    console.log('');
  }
}

async function rowOf({ name, make, read, characters, growth = usualGrowth }: Trial, rounds: number): Promise<string> {
  const [small, large] = [make(characters / growth), make(characters)];
  // What is compiled at the first size would be faster at the second.
  const { cpuMs } = await measure(read, large, 1);
  const times = Math.ceil(leastCpuMs / Math.max(cpuMs, 0.1));
  await measure(read, small, times * growth);
  // The least of all rounds: what else the machine does only adds.
  let [one, many, blocked] = [Infinity, Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    one = Math.min(one, (await measure(read, small, times * growth)).cpuMs);
    many = Math.min(many, (await measure(read, large, times)).cpuMs);
    blocked = Math.min(blocked, (await measure(read, large, 1)).blockedMs);
  }
  const exponent = Math.log(many / one) / Math.log(growth);
  return `| ${name} | ${Math.round(large.length / 1000)} | ${growth} × | ${one.toFixed(2)} | ${many.toFixed(2)} | ${exponent.toFixed(2)} | ${verdict(exponent <= 1.1)} | ${blocked.toFixed(0)} | ${verdict(blocked <= 100)} |`;
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**';
}

/** Milliseconds of one reading, of several one after the other: the processor's clock is coarse. */
async function measure(read: Trial['read'], input: string, times: number): Promise<Measured> {
  const watch = new LoopWatch();
  const before = threadCpuMs();
  for (let time = 0; time < times; time++) {
    await read(input);
    await nextTurn();
  }
  return { cpuMs: (threadCpuMs() - before) / times, blockedMs: await watch.end() };
}

async function* inChunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  // All of it is there already: the reader itself has to leave the loop to others.
  for (let at = 0; at < bytes.length; at += 65_536) yield await Promise.resolve(bytes.subarray(at, at + 65_536));
}

async function readBody(input: string, status: number): Promise<void> {
  const border = new EndpointBorder(() => Promise.resolve(answering(input, status)), 'a-key-of-nobody');
  const { signal } = new AbortController();
  const url = 'http://localhost/v1/messages';
  const response = await border.send({ method: 'POST', url, keyAs: ['x-api-key'], signal });
  await readAnswer(response, border, new AnswerAssembler(silent, border.redaction));
}

async function readModels(input: string): Promise<void> {
  const endpoint = { modelsUrl: 'http://localhost/v1/models', key: '' };
  await fetchModelList(() => Promise.resolve(answering(input, 200)), endpoint, new AbortController().signal);
}

function answering(input: string, status: number): Transport {
  return {
    send: () => Promise.resolve({ status, headers: {}, body: inChunks(input) }),
    prepare: () => undefined,
    close: () => Promise.resolve(),
  };
}

const labels = {
  copy: '',
  apply: '',
  collapse: '',
  insert: '',
  newFile: '',
  terminal: '',
  wrap: '',
  source: '',
  sort: '',
  copyMarkdown: '',
  copyCsv: '',
  codeKeys: '',
  code: '',
  image: '',
  done: '',
  open: '',
  table: '',
  details: '',
};
const around: Surroundings = {
  document: fakeDocument,
  labels,
  paint: () => undefined,
  showDiagram: () => undefined,
  showFormula: () => undefined,
};

/** In the view all that is there is drawn in slices, and Stop is another message between two of them. */
function readAtOnce(input: string): Promise<void> {
  return drawn(block => {
    block.sync(input, true);
    return Promise.resolve();
  });
}

/** A delta is a message of its own. */
function readStreamed(input: string): Promise<void> {
  return drawn(async block => {
    for (let at = 0; at < input.length; at += 20) {
      block.add(input.slice(at, at + 20));
      await nextTurn();
    }
    block.sync(input, true);
  });
}

/** Draws with frames and tasks that come as soon as the loop is free; resolves once all is drawn. */
async function drawn(draw: (block: BlockText) => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const later = (callback: () => void): (() => void) => {
    const task = setImmediate(callback);
    return () => clearImmediate(task);
  };
  const ports = { nextFrame: later, later, now: () => performance.now(), drawn: () => resolve(undefined) };
  await draw(new BlockText(new FakeElement('div'), around, ports));
  await promise;
}
