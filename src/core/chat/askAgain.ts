import type { Translate } from '../../shared/translate.ts';
import type { ModelRules } from '../models/modelRules.ts';
import type { ModelChoice, ModelNeed } from './modelChoice.ts';
import type { ChatSession } from './session.ts';
import type { AnswerRecord } from '../conversation/turns.ts';

export interface AskAgainPorts {
  /** The conversation that is shown. */
  session: () => ChatSession;
  /** See SendGate.passesAgain. */
  passes: (text: string) => Promise<boolean>;
  pickModel: (need?: ModelNeed) => Promise<string | undefined>;
  model: Pick<ModelChoice, 'use' | 'replace'>;
  rulesFor: (model: string) => Pick<ModelRules, 'contextWindow'>;
  /** Has `ask` send the key in the other header; see KeyHeaders. */
  tryOtherKeyHeader: (ask: () => Promise<boolean>) => Promise<void>;
  /** A changed question has not gone out: it goes back to where it was changed. */
  editAgain: (conversationId: string, turnId: string, text: string) => void;
  t: Translate;
}

/** The ways to ask once more for an answer that is there, failed or was cut. Each passes the gate of the budgets. */
export class AskAgain {
  readonly #ports: AskAgainPorts;

  constructor(ports: AskAgainPorts) {
    this.#ports = ports;
  }

  async retry(turnId: string): Promise<void> {
    if (await this.#passes()) await this.#ports.session().again.retry(turnId);
  }

  /** See AnswerAgain.retryWithout. */
  async without(turnId: string): Promise<void> {
    if (await this.#passes()) await this.#ports.session().again.retryWithout(turnId);
  }

  /** See AnswerAgain.retryWithoutRefused. */
  async withoutRefused(turnId: string): Promise<void> {
    if (await this.#passes()) await this.#ports.session().again.retryWithoutRefused(turnId);
  }

  /** For the rest of an answer that was cut. */
  async continue(turnId: string): Promise<void> {
    if (await this.#ports.passes(this.#ports.t('Continue'))) await this.#ports.session().again.continue(turnId);
  }

  /** With what the tools have brought, which stopped or paused. */
  async handBack(turnId: string): Promise<void> {
    if (await this.#ports.passes(this.#ports.t('Go On'))) await this.#ports.session().calls.handBack(turnId);
  }

  /** For this once of a model that the user chooses. */
  async withModel(turnId: string): Promise<void> {
    const session = this.#ports.session();
    const model = await this.#ports.pickModel();
    if (model === undefined || !(await this.#passes())) return;
    await session.again.retry(turnId, { model });
  }

  /** Goes on with a model that has room for more, and asks it. */
  async withLarger(turnId: string): Promise<void> {
    const session = this.#ports.session();
    const failed = failedIn(session, turnId);
    if (!failed) return;
    const { contextWindow } = this.#ports.rulesFor(failed.model);
    const largerThan = Math.min(contextWindow, failed.problem.said?.contextWindow ?? Infinity);
    const model = await this.#ports.pickModel({ largerThan });
    if (model === undefined || !(await this.#passes())) return;
    await this.#ports.model.use(model);
    await session.again.goOn(turnId);
  }

  /** Goes on with the model that takes the place of the one that was not found, and asks it. */
  async withSuccessor(turnId: string): Promise<void> {
    const session = this.#ports.session();
    const modelEnd = failedIn(session, turnId)?.problem.modelEnd;
    if (!modelEnd || !(await this.#passes())) return;
    await this.#ports.model.replace(modelEnd.successor);
    await session.again.retry(turnId);
  }

  /** With the key in the other header, and goes on so where that was answered. */
  async withOtherKeyHeader(turnId: string): Promise<void> {
    const session = this.#ports.session();
    if (!(await this.#passes())) return;
    await this.#ports.tryOtherKeyHeader(async () => {
      await session.again.retry(turnId);
      const answer = session.branch.turns.at(-1);
      return answer?.role === 'assistant' && answer.state.phase === 'complete';
    });
  }

  /**
   * Puts another text in the place of a turn's: a question is asked again with it, an answer stands as it is. The session
   * leaves the other kind of turn alone.
   */
  async edit(turnId: string, text: string): Promise<void> {
    if (text.trim() === '') return;
    const session = this.#ports.session();
    session.rewriting.answer(turnId, text);
    if (session.branch.turns.find(({ id }) => id === turnId)?.role !== 'user') return;
    if (await this.#ports.passes(text)) await session.rewriting.question(turnId, text);
    // What was typed is nowhere else.
    else if (session === this.#ports.session()) this.#ports.editAgain(session.id, turnId, text);
  }

  #passes(): Promise<boolean> {
    return this.#ports.passes(this.#ports.t('Try Again'));
  }
}

type Problem = Extract<AnswerRecord['state'], { problem: unknown }>['problem'];

/** What an answer of the branch has failed by, or was cut by, and who gave it. */
function failedIn({ branch }: ChatSession, turnId: string): { model: string; problem: Problem } | undefined {
  const turn = branch.turns.find(({ id }) => id === turnId);
  return turn?.role === 'assistant' && 'problem' in turn.state
    ? { model: turn.model, problem: turn.state.problem }
    : undefined;
}
