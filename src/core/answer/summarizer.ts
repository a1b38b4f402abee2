import type { Problem } from '../../shared/problem.ts';
import { estimateMessagesTokens } from '../tokens/estimate.ts';
import { tokenizerOf } from '../tokens/tokenizer.ts';
import { buildRequest } from '../request/buildRequest.ts';
import { lastToSummarize, type Summary } from '../conversation/condense.ts';
import type { Condensing } from './condensing.ts';
import type { AnswerSources, PreparedAnswer } from '../request/prepareAnswer.ts';
import { startOf } from '../conversation/startOver.ts';
import { prepareSummary } from '../request/summarize.ts';
import { isRefused } from '../request/toMessages.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';

export interface SummarizerPorts {
  condensing: Condensing;
  /** The conversation as it is. */
  turns: () => readonly TurnRecord[];
  sources: () => Promise<AnswerSources>;
  emptyAnswer: () => AnswerRecord;
  /** Runs the work unless something else is running; false where it is. */
  alone: (record: AnswerRecord, work: () => Promise<void>) => Promise<boolean>;
  /** Sends the request that `prepare` makes and fills the record with the answer. */
  perform: (record: AnswerRecord, prepare: (sources: AnswerSources) => PreparedAnswer) => Promise<unknown>;
}

/** The share of the window's room that an attempt takes: what an estimate was too low for is not known before. */
const attemptShares = [0.95, 0.6, 0.35];

/** The last exchange stays as it is where it fills less than this of the window. */
const largeShare = 1 / 4;

/** Has the model sum up a conversation, so that its requests get shorter. */
export class Summarizer {
  readonly #ports: SummarizerPorts;

  constructor(ports: SummarizerPorts) {
    this.#ports = ports;
  }

  /**
   * The turns before the last ones, or all; what is summed up already is not written again. Undefined where there is
   * nothing to sum up, or something is running.
   */
  async summarize(scope: 'older' | 'all'): Promise<Summary | undefined> {
    const { turns, sources, emptyAnswer, condensing } = this.#ports;
    const { rules, settings, parameters } = await sources();
    const isLarge = (exchange: readonly TurnRecord[]): boolean => {
      const { model, messages } = buildRequest(exchange, settings, { parameters });
      return estimateMessagesTokens(messages, tokenizerOf(model)) > rules.contextWindow * largeShare;
    };
    const { current } = condensing;
    const isNew = (id: string | undefined): boolean => id !== undefined && id !== current?.throughTurnId;
    const last = (wanted: 'older' | 'all'): string | undefined =>
      lastToSummarize(turns().slice(startOf(turns())), wanted, isLarge);
    const throughTurnId = [last(scope), last('all')].find(isNew);
    if (throughTurnId === undefined) return scope === 'all' ? current : undefined;
    const summary: Summary = { throughTurnId, turn: { ...emptyAnswer(), isSummary: true } };
    const hasRun = await this.#ports.alone(summary.turn, () => {
      condensing.begin(summary);
      return this.#write(summary);
    });
    return hasRun ? summary : undefined;
  }

  /** Asks again for a summary that has failed. */
  async retry(turnId: string): Promise<void> {
    const summary = this.#ports.condensing.find(turnId);
    if (!summary) return;
    await this.#ports.alone(summary.turn, () => {
      summary.turn.content = [];
      summary.turn.state = { phase: 'waiting' };
      return this.#write(summary);
    });
  }

  async #write({ throughTurnId, turn }: Summary): Promise<void> {
    const { turns, condensing, perform } = this.#ports;
    const end = turns().findIndex(({ id }) => id === throughTurnId) + 1;
    const history = condensing.toSend(turns().slice(0, end));
    for (const share of attemptShares) {
      await perform(turn, sources => prepareSummary(history, sources, share));
      if (turn.state.phase !== 'failed' || turn.state.problem.kind !== 'promptTooLong') break;
    }
    const problem = problemOf(turn);
    if (problem) condensing.fail(turn.id, problem);
    condensing.ended(turn.id);
  }
}

/** A summary that the model has declined to write stands for nothing, whatever has come of it. */
function problemOf(turn: AnswerRecord): Problem | undefined {
  if (!isRefused(turn)) return undefined;
  const detail = turn.state.phase === 'complete' ? (turn.state.stopDetails?.explanation ?? '') : '';
  return { kind: 'declined', detail };
}
