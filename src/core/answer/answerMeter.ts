import type { AnswerFigures } from '../../shared/conversation.ts';
import type { AnswerEnd } from '../messages/client.ts';
import { usageOf } from '../messages/usage.ts';
import { estimateCostUsd, type TokenPrices } from '../usage/cost.ts';

/** Times one request, and says what it has cost. */
export class AnswerMeter {
  readonly #clock: () => number;
  readonly #price: TokenPrices | undefined;
  /** An answer that is not streamed has no first token: all of it comes at once. */
  readonly #isStreamed: boolean;
  readonly #startedMs: number;
  #firstMs: number | undefined;

  constructor(clock: () => number, price: TokenPrices | undefined, isStreamed: boolean) {
    this.#clock = clock;
    this.#price = price;
    this.#isStreamed = isStreamed;
    this.#startedMs = clock();
  }

  /** A piece of the answer has come. */
  noticeText(): void {
    this.#firstMs ??= this.#clock();
  }

  /** What came is not kept: the request is made once more. */
  forgetText(): void {
    this.#firstMs = undefined;
  }

  /** `earlier` is what the answer took before this request. */
  end({ kind, message }: AnswerEnd, earlier: AnswerFigures | undefined): AnswerFigures {
    const endedMs = this.#clock();
    const first = this.#isStreamed ? this.#firstMs : undefined;
    const reported = usageOf(message.usage);
    // Before the end, the endpoint has named a beginning of what was received.
    const usage = reported && { ...reported, outputTokens: kind === 'complete' ? (reported.outputTokens ?? 0) : 0 };
    const costUsd = kind === 'failed' && !reported ? 0 : estimateCostUsd(usage, this.#price);
    const knowsCost = costUsd !== undefined && (!earlier || earlier.costUsd !== undefined);
    const waitedMs = first === undefined ? undefined : (earlier?.durationMs ?? 0) + first - this.#startedMs;
    const firstTokenMs = earlier?.firstTokenMs ?? waitedMs;
    const writingMs = first === undefined ? earlier?.writingMs : (earlier?.writingMs ?? 0) + endedMs - first;
    return {
      requests: (earlier?.requests ?? 0) + 1,
      durationMs: (earlier?.durationMs ?? 0) + endedMs - this.#startedMs,
      ...(firstTokenMs !== undefined && { firstTokenMs }),
      ...(writingMs !== undefined && { writingMs }),
      ...(knowsCost && { costUsd: costUsd + (earlier?.costUsd ?? 0) }),
    };
  }
}
