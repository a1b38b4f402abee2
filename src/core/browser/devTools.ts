import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.d.ts';
import { isFields, parseJson } from '../../shared/json.ts';
import { BrowserError } from './browserError.ts';
import { MessageSplitter } from './messageSplitter.ts';

export type Command = keyof ProtocolMapping.Commands;
export type BrowserEvent = keyof ProtocolMapping.Events;
type Params<Name extends Command> = ProtocolMapping.Commands[Name]['paramsType'];
type Returned<Name extends Command> = ProtocolMapping.Commands[Name]['returnType'];
type Told<Name extends BrowserEvent> = ProtocolMapping.Events[Name][0];

/** The browser's end of its pipe. */
export interface Pipe {
  write: (text: string) => void;
  /** `ended` is called once, when nothing more comes. */
  listen: (received: (piece: Uint8Array) => void, ended: () => void) => void;
}

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

type Listener = (event: unknown, sessionId: string | undefined) => void;

const endScript = 'Runtime.terminateExecution';
const usualAnswerMs = 15_000;

/** A client of the browser's DevTools protocol. What comes is the browser's, and checked for its shape only. */
export class DevTools {
  readonly #pipe: Pipe;
  readonly #answerMs: number;
  readonly #splitter = new MessageSplitter();
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Listener[]>();
  #lastId = 0;
  #end: Error | undefined;

  /** `answerMs`: how long a command may take, in milliseconds, unless it says otherwise. */
  constructor(pipe: Pipe, answerMs = usualAnswerMs) {
    this.#pipe = pipe;
    this.#answerMs = answerMs;
    pipe.listen(
      piece => this.#received(piece),
      () => this.close('The browser was closed.'),
    );
  }

  /** Rejects with a BrowserError where the browser refuses, is gone, or takes too long. */
  send<Name extends Command>(
    method: Name,
    params: Params<Name>[0],
    { sessionId, timeoutMs = this.#answerMs }: { sessionId?: string | undefined; timeoutMs?: number } = {},
  ): Promise<Returned<Name>> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    const answered = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      answered.reject(new BrowserError('The page does not answer.'));
      // Its script may go on for ever: what comes next would wait for that as well.
      if (sessionId !== undefined && method !== endScript) this.#endScript(sessionId);
    }, timeoutMs);
    this.#waiting.set(id, { resolve: answered.resolve, reject: answered.reject, timer });
    this.#pipe.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    return answered.promise as Promise<Returned<Name>>;
  }

  on<Name extends BrowserEvent>(
    name: Name,
    listener: (event: Told<Name>, sessionId: string | undefined) => void,
  ): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener as Listener]);
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** Whoever waits hears this; nothing more is sent. */
  close(reason: string): void {
    this.#end ??= new BrowserError(reason);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(this.#end);
    }
    this.#waiting.clear();
  }

  #endScript(sessionId: string): void {
    this.send(endScript, undefined, { sessionId }).catch(() => undefined);
  }

  #received(piece: Uint8Array): void {
    try {
      for (const text of this.#splitter.add(piece)) this.#take(parseJson(text));
    } catch {
      this.close('The browser has sent what can’t be read.');
    }
  }

  #take(message: unknown): void {
    if (!isFields(message)) return;
    const { id, method, params, result, error, sessionId } = message;
    if (typeof id === 'number') this.#answer(id, result, error);
    else if (typeof method === 'string') {
      const session = typeof sessionId === 'string' ? sessionId : undefined;
      for (const listener of this.#listeners.get(method) ?? []) listener(params, session);
    }
  }

  #answer(id: number, result: unknown, error: unknown): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (isFields(error)) waiting.reject(new BrowserError(String(error['message'])));
    else waiting.resolve(result);
  }
}
