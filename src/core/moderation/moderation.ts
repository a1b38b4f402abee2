import { messageOf } from '../../shared/messageOf.ts';
import type { CheckedWay, KeptBack, ModerationState } from '../../shared/moderation.ts';
import { untilAborted } from '../agent/untilAborted.ts';
import type { AnswerContent, MessagesRequest } from '../messages/wire.ts';
import { Redaction } from '../redaction/redaction.ts';
import type { Check, CheckedText, Checks, Outcome } from './check.ts';
import { answerAsRequest, textsOfRequest } from './checkedTexts.ts';

/** The checks as they are set up now; undefined: none is. */
export type ModerationPorts = () => Checks | undefined;

/** Why a text is kept back. `declined`: the check has asked, and the user does not want it. Undefined where it passes. */
export type Kept = KeptBack | { state: 'declined'; by: string; reason: string } | undefined;

/**
 * The user's own check over what goes out of one conversation and what comes back. Without a verdict nothing passes; what
 * has passed is not looked at again while the conversation is open.
 */
export class Moderation {
  readonly #checks: ModerationPorts;
  readonly #changed: (state: ModerationState | undefined) => void;
  #state: ModerationState | undefined;
  #decide: ((passes: boolean) => void) | undefined;
  readonly #passed = new Map<CheckedText['part'], Set<string>>();
  /** The checks that `#passed` is of. */
  #passedId = '';

  /** `changed` hears what is going on, and that nothing is any more. */
  constructor(checks: ModerationPorts, changed: (state: ModerationState | undefined) => void) {
    this.#checks = checks;
    this.#changed = changed;
  }

  get state(): ModerationState | undefined {
    return this.#state;
  }

  /** Whether what goes out, or what comes back, is looked at. */
  looksAt(way: CheckedWay): boolean {
    const checks = this.#checks();
    return checks !== undefined && checks.all.length > 0 && checks.ways.has(way);
  }

  /** The user's word on what a check leaves to them. */
  decide(passes: boolean): void {
    this.#decide?.(passes);
  }

  /** Looks at a request as it is sent. `key`: the one in use, which no check gets. Never rejects. */
  async out(request: MessagesRequest, key: string, signal: AbortSignal): Promise<Kept> {
    return this.#look('out', new Redaction(key).outgoing(request), signal);
  }

  /** Looks at an answer. `masked` takes out of it what the check is not to see. Never rejects. */
  async back(
    model: string,
    content: readonly AnswerContent[],
    masked: (answer: MessagesRequest) => Promise<MessagesRequest>,
    signal: AbortSignal,
  ): Promise<Kept> {
    if (!this.looksAt('back')) return undefined;
    try {
      return await this.#look('back', await masked(answerAsRequest(model, content)), signal);
    } catch (error) {
      return { state: 'failed', by: '', failure: 'notStarted', detail: messageOf(error) };
    }
  }

  async #look(way: CheckedWay, request: MessagesRequest, signal: AbortSignal): Promise<Kept> {
    const checks = this.#checks();
    if (!checks?.ways.has(way)) return undefined;
    if (checks.id !== this.#passedId) this.#passed.clear();
    this.#passedId = checks.id;
    const texts = textsOfRequest(request).filter(({ part, text }) => !this.#passed.get(part)?.has(text));
    if (texts.length === 0) return undefined;
    for (const check of checks.all) {
      const kept = await this.#ask(check, { version: 1, way, model: request.model, texts }, signal);
      if (kept) return kept;
    }
    for (const { part, text } of texts) this.#passed.set(part, (this.#passed.get(part) ?? new Set()).add(text));
    return undefined;
  }

  async #ask({ by, look }: Check, subject: Parameters<Check['look']>[0], signal: AbortSignal): Promise<Kept> {
    const { way } = subject;
    this.#set({ phase: 'checking', way, by });
    try {
      const outcome = await outcomeOf(look, subject, signal);
      if (signal.aborted) return stopped(by);
      if (outcome.kind === 'failed') return { state: 'failed', by, failure: outcome.failure, detail: outcome.detail };
      const { verdict, reason } = outcome;
      if (verdict === 'allow') return undefined;
      if (verdict === 'block') return { state: 'blocked', by, reason };
      switch (await this.#askUser({ phase: 'asks', way, by, reason }, signal)) {
        case 'passes':
          return undefined;
        case 'declined':
          return { state: 'declined', by, reason };
        case 'stopped':
          return stopped(by);
      }
    } finally {
      this.#set(undefined);
    }
  }

  async #askUser(state: ModerationState & { phase: 'asks' }, signal: AbortSignal): Promise<Word> {
    const decided = Promise.withResolvers<Word>();
    const stop = (): void => decided.resolve('stopped');
    signal.addEventListener('abort', stop, { once: true });
    this.#decide = passes => decided.resolve(passes ? 'passes' : 'declined');
    this.#set(state);
    try {
      return await decided.promise;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#decide = undefined;
    }
  }

  #set(state: ModerationState | undefined): void {
    this.#state = state;
    this.#changed(state);
  }
}

/** What the user says, or does, when asked. */
type Word = 'passes' | 'declined' | 'stopped';

async function outcomeOf(look: Check['look'], ...[subject, signal]: Parameters<Check['look']>): Promise<Outcome> {
  try {
    return await untilAborted(look(subject, signal), signal);
  } catch (error) {
    return { kind: 'failed', failure: signal.aborted ? 'stopped' : 'notStarted', detail: messageOf(error) };
  }
}

function stopped(by: string): KeptBack {
  return { state: 'failed', by, failure: 'stopped', detail: '' };
}
