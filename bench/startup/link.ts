import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { BenchEditor } from './editor.ts';
import type { Shape, Streamed } from './extensions/probe/link.ts';
import { median, type Row } from './table.ts';

/** CPU of host and renderer for 5,000 deltas at 500 a second, gathered as the product does and one message each. */
export async function measureLink(editor: BenchEditor, rounds: number): Promise<Row[]> {
  const window = await editor.openWindow();
  await window.ask('focus', 'bench.link');
  await sleep(2_000);
  const cpuMs: Record<Shape, number[]> = { rest: [], gathered: [], single: [] };
  const bytes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const shapes: Shape[] = ['rest', 'gathered', 'single'];
    for (const shape of round % 2 === 0 ? shapes : shapes.toReversed()) {
      const before = await rendererCpuMs(editor.browser);
      const streamed = await window.ask<Streamed>('stream', shape);
      cpuMs[shape].push(streamed.cpuMs + (await rendererCpuMs(editor.browser)) - before);
      if (shape === 'gathered') bytes.push(streamed.bytes / streamed.characters);
      console.error(shape, streamed, cpuMs[shape].at(-1));
    }
  }
  const own = (shape: Shape): number => median(cpuMs[shape].map((each, round) => each - (cpuMs.rest[round] ?? NaN)));
  const ratio = own('gathered') / own('single');
  const posted = median(bytes);
  return [
    {
      what: '5,000 deltas at 500 a second: CPU of host and renderer, beside one message a delta',
      measured: `${own('gathered').toFixed(0)} ms : ${own('single').toFixed(0)} ms = ${ratio.toFixed(2)}`,
      aim: '≤ 0.3',
      isMet: ratio <= 0.3,
    },
    { what: 'bytes posted for a byte shown', measured: posted.toFixed(2), aim: '≤ 1.2', isMet: posted <= 1.2 },
  ];
}

async function rendererCpuMs(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return renderers.reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
}
