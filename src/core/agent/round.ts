import { messageOf } from '../../shared/messageOf.ts';
import type { CallResult, CallWord, RanCall } from '../../shared/ranCalls.ts';
import type { ToolMode } from '../../shared/toolMode.ts';
import type { ToolRegistry } from '../tools/registry.ts';
import type { CallSite, PreparedCall, ReadCall } from '../tools/tool.ts';
import { resultOf, type ToolOutput } from '../tools/toolOutput.ts';
import { ToolError } from '../tools/workspace.ts';
import type { RequestedCall } from './requestedCalls.ts';
import { Aborted, untilAborted } from './untilAborted.ts';

export interface RoundPorts {
  registry: ToolRegistry;
  site: CallSite;
  /** Looked at for every call: the user may have chosen another one meanwhile. */
  mode: () => ToolMode;
  /** Whether the user has allowed all changes of this tool in the conversation; see ReadCall.permission. */
  isAllowed: (permission: string) => boolean;
  allow: (permission: string) => void;
  /** See Asks. */
  ask: (index: number, shown: () => void) => Promise<CallWord>;
  /** Something has become of these; `all` are those of the answer. */
  changed: (calls: readonly RanCall[], all: RanCall[]) => void;
  /** Of the images that calls bring. */
  newId: () => string;
  /** Milliseconds on a clock that never goes back. */
  clock: () => number;
}

/** What the model is told of a call that has not run. */
export const declined = 'Not executed: the user declined.';
const readingOnly = 'Not executed: in this conversation tools may only read.';
const forbidden = 'Not executed: a rule of the user forbids this command.';
const noTools = 'Not executed: the user has switched the tools off.';
const cutOff = 'Not executed: the limit of tokens has cut this call off. Make it smaller, or several of it.';
const stoppedBefore = 'Not executed: the user stopped.';
const stoppedMeanwhile = 'The user stopped it while it ran. Whether it has had an effect is not known.';

/** A call with what it takes to run it, or the reason why it can't. */
interface Planned {
  request: RequestedCall;
  /** The name of the tool, whatever the model has called it. */
  tool: string;
  read: { ok: true; call: ReadCall } | { ok: false; problem: string };
}

/**
 * Runs the calls of one answer, and gives every one a result. Those that read run side by side; one that changes waits
 * for all before it, and those after it wait for its end.
 */
export class Round {
  readonly #ports: RoundPorts;
  readonly #signal: AbortSignal;
  readonly #planned: Planned[];
  /** The user's Stop of one call, by its place among the planned. */
  readonly #stops: readonly AbortController[];
  #calls: RanCall[];

  constructor(requested: readonly RequestedCall[], ports: RoundPorts, signal: AbortSignal) {
    this.#ports = ports;
    this.#signal = signal;
    this.#planned = requested.map(request => plan(request, ports.registry));
    this.#stops = requested.map(() => new AbortController());
    this.#calls = this.#planned.map(({ request, read }) => ({
      index: request.index,
      state: 'requested',
      line: read.ok ? read.call.line : { action: 'unknown', subject: request.name },
    }));
  }

  /** Resolves with what has become of the calls, in their order. Never rejects. */
  async run(): Promise<RanCall[]> {
    this.#ports.changed(this.#calls, this.#calls);
    let reading: Promise<void>[] = [];
    for (const [at, { read }] of this.#planned.entries()) {
      if (read.ok && read.call.effect === 'changes') {
        await Promise.all(reading);
        reading = [];
        await this.#perform(at);
      } else reading.push(this.#perform(at));
    }
    await Promise.all(reading);
    return this.#calls;
  }

  /** Ends the call of this block, where it runs; the others go on. */
  stop(index: number): void {
    const at = this.#calls.findIndex(call => call.index === index && call.state === 'running');
    this.#stops[at]?.abort();
  }

  async #perform(at: number): Promise<void> {
    const planned = this.#planned[at];
    if (!planned) return;
    try {
      await this.#attempt(at, planned);
    } catch (error) {
      const wasRunning = this.#calls[at]?.state === 'running';
      const soFar = this.#calls[at]?.output;
      const isStopped = error instanceof Aborted || (this.#stops[at]?.signal.aborted && !(error instanceof ToolError));
      if (!isStopped) this.#end(at, 'failed', wordsOf(error));
      else if (!wasRunning) this.#end(at, 'failed', stoppedBefore);
      else this.#end(at, 'failed', soFar === undefined ? stoppedMeanwhile : `${stoppedMeanwhile} So far:\n${soFar}`);
    }
  }

  async #attempt(at: number, { request, tool, read }: Planned): Promise<void> {
    if (this.#signal.aborted) throw new Aborted();
    if (!read.ok) throw new ToolError(read.problem);
    const { effect, prepare } = read.call;
    const refusal = refusalOf(this.#ports.mode(), effect);
    if (refusal !== undefined) {
      this.#end(at, 'denied', refusal);
      return;
    }
    const prepared = await untilAborted(prepare(this.#ports.site), this.#signal);
    const { cautions, diff, command, start, todo } = prepared;
    this.#set(at, {
      ...(cautions.length > 0 && { cautions: [...cautions] }),
      ...(diff && { diff }),
      ...(command && { command }),
      ...(start && { start }),
      ...(todo && { todo }),
    });
    if (prepared.ruling === 'deny') this.#end(at, 'denied', forbidden);
    else {
      const allowed = await this.#allowed(at, request.index, tool, read.call, prepared);
      if (allowed) await this.#execute(at, allowed);
      else this.#end(at, 'denied', declined);
    }
  }

  async #execute(at: number, { run, startsProgram }: PreparedCall): Promise<void> {
    const { clock, newId, site } = this.#ports;
    const around = startsProgram ? site.workspace.aroundProgram : undefined;
    const startedAt = clock();
    const stopped = AbortSignal.any([this.#signal, ...this.#stops.slice(at, at + 1).map(({ signal }) => signal)]);
    this.#set(at, { state: 'running' });
    try {
      const start = (): ReturnType<typeof run> => run(stopped, soFar => this.#progress(at, soFar));
      // What comes next may meet what a program has left: where it is stopped alone, its end is waited for.
      const output = await untilAborted(around ? around(start) : start(), startsProgram ? this.#signal : stopped);
      if (typeof output !== 'string') this.#set(at, endOf(output));
      this.#endWith(at, 'done', resultOf(output, newId));
    } finally {
      this.#set(at, { durationMs: clock() - startedAt });
    }
  }

  /** What a tool still says after its end counts for nothing. */
  #progress(at: number, output: string): void {
    if (this.#calls[at]?.state === 'running') this.#set(at, { output });
  }

  /** What of the call may run; undefined: nothing. */
  async #allowed(
    at: number,
    index: number,
    tool: string,
    { effect, permission, asksOnce }: ReadCall,
    prepared: PreparedCall,
  ): Promise<PreparedCall | undefined> {
    const { isAllowed, allow, ask } = this.#ports;
    const { ruling, cautions, allowAlways, pins } = prepared;
    const isAskedAbout = effect === 'changes' || permission !== undefined;
    const allowedAs = pins === undefined ? (permission ?? tool) : JSON.stringify([permission ?? tool, pins]);
    const isFree = (!isAskedAbout || isAllowed(allowedAs)) && cautions.length === 0 && ruling !== 'ask';
    if (isFree || ruling === 'allow') return prepared;
    const { decision, left } = await ask(index, () => this.#set(at, { state: 'awaiting' }));
    const isForAll = decision === 'allowInConversation' || (decision === 'allow' && asksOnce === true);
    // What calls for caution is asked about each time.
    if (isForAll && isAskedAbout && cautions.length === 0) allow(allowedAs);
    if (decision === 'allowAlways') await allowAlways?.();
    return decision === 'deny' ? undefined : this.#without(at, prepared, left);
  }

  /** The call without the hunks that the user has left; undefined where that is all of it. */
  #without(at: number, prepared: PreparedCall, left: readonly number[]): PreparedCall | undefined {
    const hunks = prepared.diff?.hunks.keys() ?? [];
    const leftOut = new Set([...hunks].filter(index => left.includes(index)));
    if (leftOut.size === 0) return prepared;
    if (leftOut.size === prepared.diff?.hunks.length) return undefined;
    const part = prepared.leaving?.(leftOut);
    if (part?.diff) this.#set(at, { diff: part.diff });
    return part && { ...prepared, ...part };
  }

  #end(at: number, state: 'denied' | 'failed', text: string): void {
    this.#endWith(at, state, { text, isError: true });
  }

  #endWith(at: number, state: 'done' | 'denied' | 'failed', result: CallResult): void {
    this.#change(at, call => {
      const ended: RanCall = { ...call, state, result };
      delete ended.output;
      return ended;
    });
  }

  #set(at: number, changed: Partial<RanCall>): void {
    this.#change(at, call => ({ ...call, ...changed }));
  }

  #change(at: number, change: (call: RanCall) => RanCall): void {
    const call = this.#calls[at];
    if (!call) return;
    const now = change(call);
    this.#calls = this.#calls.with(at, now);
    this.#ports.changed([now], this.#calls);
  }
}

/** Why a mode lets nothing of this effect run; undefined where it does. */
function refusalOf(mode: ToolMode, effect: ReadCall['effect']): string | undefined {
  if (mode === 'chat') return noTools;
  return mode === 'plan' && effect === 'changes' ? readingOnly : undefined;
}

function plan(request: RequestedCall, registry: ToolRegistry): Planned {
  const { name, input, json, isCut } = request;
  const tool = registry.find(name);
  if (!tool) return { request, tool: name, read: { ok: false, problem: `Error: There is no tool called ${name}.` } };
  if (isCut) return { request, tool: tool.name, read: { ok: false, problem: cutOff } };
  // In the form that the documentation gives for it.
  if (!input) return { request, tool: tool.name, read: { ok: false, problem: JSON.stringify({ INVALID_JSON: json }) } };
  const read = tool.read(input);
  return { request, tool: tool.name, read: read.ok ? read : { ok: false, problem: `Error: ${read.problem}` } };
}

/** What went wrong inside of a tool is told as well: the model may find another way. */
function wordsOf(error: unknown): string {
  return error instanceof ToolError ? error.message : `Error: ${messageOf(error)}`;
}

function endOf({ exitCode, leftRunning }: ToolOutput): Pick<RanCall, 'exitCode' | 'leftRunning'> {
  return { ...(exitCode !== undefined && { exitCode }), ...(leftRunning !== undefined && { leftRunning }) };
}
