import { once } from 'node:events';
import type { ErrorShape } from './errors.ts';
import type { JsonObject } from './json.ts';

/**
 * What can go wrong, or merely differ, between a client and the service. A *piece* is one content_block_delta that
 * carries text, thinking or tool input; `afterPieces: 0` means after the first content_block_start.
 */
export type Fault = WholeAnswerFault | StreamFault | ByteFault;

/** Faults of the answer as a whole; those with a status, a body or a dead socket come before any validation. */
export type WholeAnswerFault =
  /** A refusal with any HTTP status. `type` and `message` default to the service's own for that status. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly type?: string;
      readonly message?: string;
      readonly shape?: ErrorShape;
      /** E.g. `{ 'retry-after': '2' }`. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent exactly as it is, in place of any shape. */
      readonly body?: string;
    }
  /** A relay's wrapper: `{"code":200,"data":…}` around the message, or around the data of every event. */
  | { readonly kind: 'envelope' }
  /** HTTP 200 with `{"code":…,"message":…}`. */
  | { readonly kind: 'envelopeError'; readonly code: number | string; readonly message: string }
  /** The whole message as JSON although a stream was asked for. */
  | { readonly kind: 'jsonForStream' }
  /** A stream although none was asked for. */
  | { readonly kind: 'streamForJson' }
  /** Nothing at all, not even headers, for so long. */
  | { readonly kind: 'silence'; readonly ms: number }
  /** The socket is destroyed as soon as the request's headers are in. */
  | { readonly kind: 'refuseConnection' }
  /** The content-type header lies. */
  | { readonly kind: 'contentType'; readonly value: string }
  /** The answer names another model than the one asked for. */
  | { readonly kind: 'otherModel'; readonly model: string }
  /** Not a fault but a part to play: the request is validated, then answered with exactly these content blocks. */
  | {
      readonly kind: 'script';
      readonly content: readonly ScriptedBlock[];
      /** Default: tool_use where there is a tool_use block, else end_turn. */
      readonly stopReason?: string;
      readonly stopSequence?: string;
      readonly stopDetails?: JsonObject;
    };

export type ScriptedBlock =
  | { readonly type: 'text'; readonly text: string }
  /** Signed by the demo unless a signature is given. */
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature?: string }
  | { readonly type: 'redacted_thinking'; readonly data?: string }
  /** `json` is streamed as it is, so that it can be broken; otherwise `input` is. */
  | {
      readonly type: 'tool_use';
      readonly id?: string;
      readonly name: string;
      readonly input?: JsonObject;
      readonly json?: string;
    };

export type StreamFault =
  /** The socket is destroyed. */
  | { readonly kind: 'cutAfterPieces'; readonly n: number }
  /** The body ends politely, without the events that end an answer. */
  | { readonly kind: 'endAfterPieces'; readonly n: number }
  /** Everything comes but the last event. */
  | { readonly kind: 'noMessageStop' }
  /** An error event, then the end. `raw` writes the JSON without `data:`, glued to the last event. */
  | {
      readonly kind: 'errorEvent';
      readonly afterPieces: number;
      readonly type: string;
      readonly message: string;
      readonly raw?: boolean;
    }
  /** Hangs until the client leaves; with a heartbeat, pings or comments still come in the meantime. */
  | {
      readonly kind: 'stall';
      readonly afterPieces: number;
      readonly heartbeat?: 'ping' | 'comment';
      readonly heartbeatMs?: number;
    }
  /** Waits for `FaultQueue.release`, then goes on; with `againAfter`, to wait there once more. */
  | { readonly kind: 'hold'; readonly afterPieces: number; readonly againAfter?: number }
  /** `data:` lines only. */
  | { readonly kind: 'noEventLines' }
  /** `data: [DONE]` at the end. */
  | { readonly kind: 'doneLine' }
  /** With the same id: message_start comes twice. With another: the answer starts again after three pieces. */
  | { readonly kind: 'secondMessageStart'; readonly sameId: boolean }
  /** `: PING` between the events, and before the first. */
  | { readonly kind: 'comments' }
  /** Events and deltas of types that nobody knows. */
  | { readonly kind: 'unknownEvents' }
  /** Parts that some converters leave out. */
  | { readonly kind: 'omit'; readonly parts: readonly OmittedPart[] }
  /** The last event without the blank line that ends it. */
  | { readonly kind: 'unterminated' };

export type OmittedPart = 'ping' | 'usage' | 'blockStart' | 'blockStop' | 'signature' | 'toolInput' | 'messageDelta';

/** What happens to the bytes on their way; these work for JSON answers too. */
export type ByteFault =
  /** CR LF line ends. */
  | { readonly kind: 'crlf' }
  /** A byte order mark in front. */
  | { readonly kind: 'bom' }
  /** Compressed, flushed at every write. */
  | { readonly kind: 'gzip' }
  /** Written in slices of so many bytes, which cut characters and lines anywhere. */
  | { readonly kind: 'slices'; readonly bytes: number };

/** The three POST and GET routes that faults can be put on. */
export type FaultyRoute = 'messages' | 'count_tokens' | 'models';

/** Faults in the order in which the requests will meet them. One request takes one entry when it arrives. */
export class FaultQueue {
  readonly #gate = new Gate();
  readonly #waiting: { readonly route: FaultyRoute; readonly faults: readonly Fault[]; times: number }[] = [];

  /** Applies to the next `times` requests of POST /v1/messages (`Infinity` for all); several faults make one entry. */
  next(fault: Fault | readonly Fault[], times = 1): void {
    this.nextFor('messages', fault, times);
  }

  /** The same for another route. There only the faults of a whole answer and of bytes have a meaning. */
  nextFor(route: FaultyRoute, fault: Fault | readonly Fault[], times = 1): void {
    this.#waiting.push({ route, faults: 'kind' in fault ? [fault] : fault, times });
  }

  /** Drops what is left; answers that are held go on. */
  clear(): void {
    this.#waiting.length = 0;
    this.#gate.clear();
  }

  /** Resolves as soon as an answer is held. */
  held(): Promise<void> {
    return this.#gate.held();
  }

  /** Lets the answers go on that are held; where none is yet, the next one that would be. */
  release(): void {
    this.#gate.release();
  }

  /** The faults of a request that has just arrived. */
  take(route: FaultyRoute): Faults {
    const at = this.#waiting.findIndex(entry => entry.route === route);
    const entry = this.#waiting[at];
    if (entry === undefined) return new Faults([], this.#gate);
    entry.times -= 1;
    if (entry.times <= 0) this.#waiting.splice(at, 1);
    return new Faults(entry.faults, this.#gate);
  }
}

/** The faults of one request. */
export class Faults {
  readonly #faults: readonly Fault[];
  /** Where an answer with `hold` waits. */
  readonly gate: Gate;

  constructor(faults: readonly Fault[], gate = new Gate()) {
    this.#faults = faults;
    this.gate = gate;
  }

  get<K extends Fault['kind']>(kind: K): Extract<Fault, { readonly kind: K }> | undefined {
    return this.#faults.find((fault): fault is Extract<Fault, { readonly kind: K }> => fault.kind === kind);
  }

  has(kind: Fault['kind']): boolean {
    return this.get(kind) !== undefined;
  }

  omits(part: OmittedPart): boolean {
    return this.get('omit')?.parts.includes(part) ?? false;
  }
}

/** Holds answers until they are released. */
class Gate {
  readonly #events = new EventTarget();
  /** What lets each of those go on that wait. */
  readonly #waiting = new Set<() => void>();
  /** Released before anything waited: what comes first goes on at once. */
  #isOpen = false;

  async pass(signal: AbortSignal): Promise<void> {
    if (this.#isOpen) {
      this.#isOpen = false;
      return;
    }
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const goOn = (): void => resolve(undefined);
    this.#waiting.add(goOn);
    signal.addEventListener('abort', () => {
      this.#waiting.delete(goOn);
      reject(signal.reason as Error);
    });
    this.#events.dispatchEvent(new Event('held'));
    await promise;
  }

  async held(): Promise<void> {
    if (this.#waiting.size === 0) await once(this.#events, 'held');
  }

  release(): void {
    if (this.#waiting.size === 0) this.#isOpen = true;
    for (const goOn of this.#waiting) goOn();
    // They are no longer held, though each goes on only later.
    this.#waiting.clear();
  }

  clear(): void {
    this.release();
    this.#isOpen = false;
  }
}
