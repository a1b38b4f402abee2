import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ChatSession } from '../../src/core/chat/session.ts';
import { emptyConversation } from '../../src/core/conversation/store.ts';
import type { MessagesClient } from '../../src/core/messages/client.ts';
import { createRefusals } from '../../src/core/messages/refusals.ts';
import type { AnswerContent } from '../../src/core/messages/wire.ts';
import { rulesFor } from '../../src/core/models/modelRules.ts';
import { WorkerStore } from '../../src/core/store/workerStore.ts';
import { ToolRegistry } from '../../src/core/tools/registry.ts';
import { amongOthers, type Tool } from '../../src/core/tools/tool.ts';
import type { ToolWorkspace } from '../../src/core/tools/workspace.ts';
import { LoopWatch, threadCpuMs } from '../loopWatch.ts';
import { median, ms, p95, type Row, table } from '../startup/table.ts';

/** Rounds of a run, as many as go without the user's word, and calls in each. */
const most = { rounds: 24, calls: 50 };

/** Reads nothing: what a round takes beside its tools is measured. */
const nothing: Tool<null> = {
  name: 'look',
  definition: () => ({ name: 'look', input_schema: { type: 'object' } }),
  parse: () => ({ ok: true, input: null }),
  effect: () => 'reads',
  line: () => ({ action: 'view', subject: 'src/main.ts' }),
  prepare: () => Promise.resolve({ cautions: [], run: () => Promise.resolve('     1\tone line of a file\n') }),
};

/** Never ends by itself: Stop has to go by it. */
const endless: Tool<null> = {
  ...nothing,
  name: 'wait',
  prepare: () => Promise.resolve({ cautions: [], run: () => new Promise(() => undefined) }),
};

const callsOf = (round: number): AnswerContent[] =>
  Array.from({ length: most.calls }, (_, at) => ({
    type: 'tool_use',
    id: `toolu_${round}_${at}`,
    name: 'look',
    inputJson: '{"path":"src/main.ts"}',
    input: { path: 'src/main.ts' },
  }));
const waiting: AnswerContent = { type: 'tool_use', id: 't', name: 'wait', inputJson: '{}', input: {} };

/** What rounds of 50 calls take beside the tools, and how soon Stop ends a tool that does not listen. Prints a Markdown table. */
export async function run({
  quick,
  rounds = quick ? 3 : 7,
}: {
  quick: boolean;
  rounds?: number | undefined;
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-rounds-'));
  const store = new WorkerStore({
    script: fileURLToPath(new URL('../../src/core/store/storeThread.ts', import.meta.url)),
    path: join(folder, 'conversations.sqlite'),
    troubled: ({ reason }) => console.error(reason),
    failed: error => console.error(error),
    othersWrote: () => undefined,
    copiesDeleted: () => undefined,
  });
  try {
    // What is compiled in the first run is not measured.
    await runOf(store, 'first');
    const each: number[] = [];
    const longest: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = threadCpuMs();
      await runOf(store, `run ${round}`);
      each.push((threadCpuMs() - before) / most.rounds);
      const watch = new LoopWatch();
      await runOf(store, `watched ${round}`);
      longest.push(await watch.end());
    }
    const stops: number[] = [];
    for (let stop = 0; stop < rounds * 5; stop++) stops.push(await stopOf(store, `stop ${stop}`));
    const [own, stopMs] = [median(each), p95(stops)];
    const rows: Row[] = [
      {
        what: `a round of ${most.calls} calls beside the tools, its request and its saving: CPU of the host`,
        measured: ms(own),
        aim: '≤ 5 ms',
        isMet: own <= 5,
      },
      { what: 'the same: longest work in one go', measured: ms(median(longest)) },
      {
        what: 'Stop of a tool that does not listen: until it has its result, median and p95',
        measured: `${ms(median(stops))}, ${ms(stopMs)}`,
        aim: '≤ 100 ms',
        isMet: stopMs <= 100,
      },
    ];
    console.log(table(rows));
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A message whose answer calls the tools round after round. */
async function runOf(store: WorkerStore, id: string): Promise<void> {
  let round = 0;
  const session = sessionOf(store, id, () => (round++ < most.rounds ? callsOf(round) : []));
  await session.send({ id: `${id} q`, role: 'user', createdAt: 0, intent: 'chat', text: 'Look.', excerpts: [] });
  await session.saved();
  await session.close();
}

/** Milliseconds from Stop to the end of the run. */
async function stopOf(store: WorkerStore, id: string): Promise<number> {
  const session = sessionOf(store, id, () => [waiting]);
  const sent = session.send({ id: `${id} q`, role: 'user', createdAt: 0, intent: 'chat', text: 'Wait.', excerpts: [] });
  while (!isWaiting(session)) await sleep(1);
  const before = performance.now();
  session.stop();
  while (isWaiting(session)) await nextTurn();
  const tookMs = performance.now() - before;
  await sent;
  await session.close();
  return tookMs;
}

function isWaiting({ branch }: ChatSession): boolean {
  const last = branch.turns.at(-1);
  return last?.role === 'assistant' && last.calls?.some(({ state }) => state === 'running') === true;
}

/** A conversation in Act whose answers bring what `next` gives. */
function sessionOf(store: WorkerStore, id: string, next: () => AnswerContent[]): ChatSession {
  let ids = 0;
  const session = new ChatSession(emptyConversation(id), {
    store,
    client: clientOf(next),
    connect: () =>
      Promise.resolve({
        ok: true,
        endpoint: { messagesUrl: 'https://localhost/v1/messages', key: 'none' },
        settings: {
          model: 'claude-sonnet-4-5',
          maxTokens: 1_000,
          stream: true,
          systemPrompt: '',
          reviewSystemPrompt: '',
          stopSequences: [],
          metadataUserId: '',
          promptCaching: true,
        },
      }),
    rulesFor,
    refusals: createRefusals({ read: () => undefined, write: () => undefined }, Date.now),
    emit: () => undefined,
    runningChanged: () => undefined,
    placeFindings: () => Promise.resolve([]),
    findingsReported: () => undefined,
    storeFailed: error => console.error(error),
    tools: {
      registry: new ToolRegistry(() => [amongOthers(nothing), amongOthers(endless)]),
      workspace: noWorkspace,
      isTrusted: () => true,
    },
    now: Date.now,
    clock: () => performance.now(),
    newId: () => `${id} ${++ids}`,
  });
  session.unsent.mode = 'act';
  return session;
}

function clientOf(next: () => AnswerContent[]): Pick<MessagesClient, 'send'> {
  return {
    send: async (request, _endpoint, listener) => {
      // An answer comes over the network.
      await nextTurn();
      listener.attemptStarted();
      const content = next();
      for (const [at, block] of content.entries()) listener.blockStarted(at, { ...block });
      const stopReason = content.length > 0 ? 'tool_use' : 'end_turn';
      const message = { id: 'x', model: request.model, content, stopReason, stopSequence: null, usage: {} };
      return { kind: 'complete', message };
    },
  };
}

const unused = (): Promise<never> => Promise.reject(new Error('No file is read here.'));
const noWorkspace: ToolWorkspace = { locate: unused, read: unused, image: unused, list: unused, write: unused };
