import type { Problem } from '../../shared/problem.ts';
import type { Outcome, Purpose } from '../../shared/exchange.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { AnswerMessage, MessagesRequest } from './wire.ts';

/** Keeps what the client sends and gets back, for the user to look at. */
export interface RequestLog {
  /** `headers`: as sent, the key masked. `redaction`: of the border that the answer comes through. */
  begin(
    request: MessagesRequest,
    url: string,
    headers: Record<string, string>,
    purpose: Purpose,
    redaction: Pick<Redaction, 'hasFound' | 'shown'>,
  ): ExchangeRecorder;
}

/** What the client tells about one request. All times come from one clock. */
export interface ExchangeRecorder {
  attempt(): void;
  /** `connectedMs`: since the attempt began. */
  headers(status: number, headers: Record<string, string>, connectedMs?: number): void;
  /** A piece of the body as it came, decoded. */
  received: (text: string) => void;
  firstToken(): void;
  attemptFailed(problem: Problem): void;
  end(outcome: Exclude<Outcome, 'running'>, message: AnswerMessage): void;
}
