import type { Contestant } from './contestant.ts';

/** What the page finds of a run; the rest is the browser's own count. */
export interface PageResult {
  /** Of one call. */
  longestCallMs: number;
  /** Between two frames. */
  framesOver50: number;
  elapsedMs: number;
  /** Sampled runs: the mean cost of a delta at each position, in the order of the positions. */
  deltaMs?: number[];
}

const deltaCharacters = 20;
const deltasInFrame = 20;
/** How often the host posts what it has gathered; see src/host/places/viewLink.ts. */
const gatherMs = 40;

let contestant: Contestant | undefined;
let scroller: HTMLElement | undefined;

/** An empty answer in a box that follows its end, as the chat view does. */
function start(): Contestant {
  document.body.replaceChildren();
  scroller = document.createElement('div');
  scroller.className = 'scroller';
  const container = document.createElement('div');
  container.className = 'markdown';
  scroller.append(container);
  document.body.append(scroller);
  if (!globalThis.createContestant) throw new Error('No contestant is on the page.');
  contestant = globalThis.createContestant(container);
  return contestant;
}

/**
 * Renders `text` at every delta, and draws a frame after as many of them as the host gathers at 10,000 characters a
 * second. Frames that come by the clock would be more for whoever takes longer, and on a machine that is busy they
 * would be most of what is measured.
 */
async function everyDelta(text: string): Promise<PageResult> {
  const running = start();
  const startedAt = performance.now();
  let longestCallMs = 0;
  let framesOver50 = 0;
  for (let at = 0; at < text.length;) {
    const frameAt = performance.now();
    for (let delta = 0; delta < deltasInFrame && at < text.length; delta++, at += deltaCharacters) {
      const callAt = performance.now();
      running.append(text.slice(at, at + deltaCharacters));
      longestCallMs = Math.max(longestCallMs, performance.now() - callAt);
    }
    await drawn();
    if (performance.now() - frameAt > 50) framesOver50++;
  }
  await running.finish();
  await drawn();
  return { longestCallMs, framesOver50, elapsedMs: performance.now() - startedAt };
}

/** Shows the first `length` characters at once, for what is measured at their end. */
async function prefill(text: string, length: number): Promise<void> {
  const running = start();
  appendTo(running, text.slice(0, length));
  await drawn();
  await new Promise(resolve => setTimeout(resolve, 300));
}

/** As the panel does it at a pace, where that is another way. */
function appendTo(running: Contestant, text: string): void {
  if (running.appendPaced) running.appendPaced(text);
  else running.append(text);
}

/** The next `count` deltas from `at` on, drawn after each; the cost of one in milliseconds of the main thread. */
async function someDeltas(text: string, at: number, count: number): Promise<number> {
  const running = start();
  running.append(text.slice(0, at));
  await drawn();
  const startedAt = performance.now();
  for (let index = 0; index < count; index++) {
    const from = at + index * deltaCharacters;
    running.append(text.slice(from, from + deltaCharacters));
    // Style and layout as well, which a frame would do.
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  }
  return (performance.now() - startedAt) / count;
}

/** `charactersPerSecond` of `text` from `at` on, as messages that the host has gathered; on what `prefill` has shown. */
async function paced(text: string, at: number, charactersPerSecond: number, seconds: number): Promise<PageResult> {
  const running = at === 0 ? start() : contestant;
  if (!running) throw new Error('Nothing is shown that could go on.');
  const append = (added: string): void => appendTo(running, added);
  const frames = watchFrames();
  const startedAt = performance.now();
  let shown = at;
  let longestCallMs = 0;
  await new Promise<void>(resolve => {
    const timer = setInterval(() => {
      const elapsed = (performance.now() - startedAt) / 1000;
      const due = Math.min(text.length, at + Math.floor(Math.min(elapsed, seconds) * charactersPerSecond));
      const callAt = performance.now();
      if (due > shown) append(text.slice(shown, due));
      longestCallMs = Math.max(longestCallMs, performance.now() - callAt);
      shown = due;
      if (elapsed < seconds && due < text.length) return;
      clearInterval(timer);
      resolve();
    }, gatherMs);
  });
  await drawn();
  return { longestCallMs, framesOver50: frames.stop(), elapsedMs: performance.now() - startedAt };
}

/** Keeps the end in sight at every frame, and counts those that came late. */
function watchFrames(): { stop: () => number } {
  let late = 0;
  let last = performance.now();
  let isRunning = true;
  const step = (now: number): void => {
    if (now - last > 50) late++;
    last = now;
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
    if (isRunning) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return {
    stop: () => {
      isRunning = false;
      return late;
    },
  };
}

/** The next frame, with the end of the answer in sight. */
function drawn(): Promise<void> {
  return new Promise(resolve =>
    requestAnimationFrame(() => {
      if (scroller) scroller.scrollTop = scroller.scrollHeight;
      setTimeout(resolve, 0);
    }),
  );
}

/** How much text the answer shows, to see that nothing of it is missing. */
function shownCharacters(): number {
  return scroller?.textContent.replace(/\s+/g, '').length ?? 0;
}

declare global {
  var bench: {
    everyDelta: typeof everyDelta;
    prefill: typeof prefill;
    someDeltas: typeof someDeltas;
    paced: typeof paced;
    shownCharacters: typeof shownCharacters;
  };
}
globalThis.bench = { everyDelta, prefill, someDeltas, paced, shownCharacters };
