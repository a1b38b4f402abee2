import type { Usage } from './conversation.ts';
import type { Problem } from './problem.ts';

/** What a request was made for. */
export type Purpose = 'chat' | 'explain' | 'review' | 'continue' | 'summary' | 'again' | 'check';

export type Outcome = 'running' | 'complete' | 'stopped' | 'truncated' | 'failed';

/** One try to get an answer. Times are milliseconds since the exchange began. */
export interface Attempt {
  startedMs: number;
  /** A connection was there, new or kept. */
  connectedMs?: number;
  /** The first byte of the answer's head. */
  headersMs?: number;
  /** The first piece of content. */
  firstTokenMs?: number;
  endedMs?: number;
  status?: number;
  /** Lower-case names; cookies are masked. */
  responseHeaders?: Record<string, string>;
  problem?: Problem;
}

/** The same with what came back in it, once it has ended. */
export interface AttemptDetail extends Attempt {
  /** The body as it came, as text; a long one cut. Absent where nothing came. */
  body?: string;
  /** Why it is not here: newer ones took its place, or a key stands in it. */
  noBody?: 'dropped' | 'holdsKey';
}

/** A request and everything that came of it, as a list shows it. */
export interface ExchangeSummary {
  id: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  purpose: Purpose;
  model: string;
  origin: string;
  outcome: Outcome;
  retries: number;
  durationMs?: number;
  firstTokenMs?: number;
  status?: number;
  usage?: Usage;
}

/** The same with everything that was sent and received. */
export interface ExchangeDetail extends ExchangeSummary {
  method: 'POST';
  url: string;
  /** As sent, the key masked. */
  requestHeaders: Record<string, string>;
  /** The body as indented JSON; long base64 data cut. */
  request: string;
  attempts: AttemptDetail[];
  /** The message that was put together from it, as indented JSON, as far as it came. */
  answer: string;
  stopReason?: string;
  requestId?: string;
}
