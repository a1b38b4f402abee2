import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { appended } from '../../src/core/conversation/store.ts';
import type { AnswerRecord } from '../../src/core/conversation/turns.ts';
import { WorkerStore } from '../../src/core/store/workerStore.ts';
import { LoopWatch, threadCpuMs } from '../loopWatch.ts';
import { median, ms, type Row } from '../startup/table.ts';

/** Of a streaming answer: its length, its speed, and how often it is saved. */
const streamed = { characters: 100_000, perSecond: 10_000, saveMs: 450 };
const seconds = streamed.characters / streamed.perSecond;
/** Answers of which the median counts. */
const rounds = 5;

/** What the saves of one answer take of the thread that streams it, which is that of all extensions. */
export async function saving(path: string): Promise<Row[]> {
  const store = new WorkerStore({
    script: fileURLToPath(new URL('../../src/core/store/storeThread.ts', import.meta.url)),
    path,
    troubled: ({ reason }) => console.error(reason),
    failed: error => console.error(error),
    othersWrote: () => undefined,
    copiesDeleted: () => undefined,
  });
  await store.write(appended('streamed', answerOf(''), null));
  // What is compiled at the first answer is not measured.
  await saveAnswer(store);
  const shares: number[] = [];
  const stops: number[] = [];
  const idleStops: number[] = [];
  const works: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = threadCpuMs();
    const startedAt = performance.now();
    stops.push(await longestStopMs(() => saveAnswer(store)));
    shares.push((threadCpuMs() - before) / 1_000 / seconds);
    const tookMs = performance.now() - startedAt;
    // What the machine does to a thread that does nothing.
    idleStops.push(await longestStopMs(() => sleep(tookMs)));
    const watch = new LoopWatch();
    await saveAnswer(store);
    works.push(await watch.end());
  }
  await store.close();
  const [share, workMs] = [median(shares), median(works)];
  // Of two that follow each other, since what else the machine does changes from one moment to the next.
  const oursMs = median(stops.map((stop, round) => stop - (idleStops[round] ?? 0)));
  return [
    {
      what: 'saving an answer that streams 10,000 characters a second, up to 100 KB: share of CPU',
      measured: `${(share * 100).toFixed(2)} %`,
      aim: '≤ 1 %',
      isMet: share <= 0.01,
    },
    {
      what: 'the same: longest work of the thread in one go',
      measured: ms(workMs),
      aim: '≤ 5 ms',
      isMet: workMs <= 5,
    },
    {
      what: 'the same: longest stop of the event loop, of one that does nothing right after it, and what is more',
      measured: `${ms(median(stops))}, ${ms(median(idleStops))}, ${oursMs.toFixed(1)} ms`,
      aim: '≤ 5 ms',
      isMet: median(stops) <= 5,
    },
  ];
}

async function saveAnswer(store: WorkerStore): Promise<void> {
  const text = 'Some words of it. '.repeat(streamed.characters / 18);
  const step = (streamed.perSecond * streamed.saveMs) / 1_000;
  for (let length = step; length < text.length; length += step) {
    await store.write([{ type: 'update', conversationId: 'streamed', turn: answerOf(text.slice(0, length)) }]);
  }
}

async function longestStopMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

function answerOf(text: string): AnswerRecord {
  return {
    id: 'answer',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    content: [{ type: 'text', text }],
    state: { phase: 'streaming' },
  };
}
