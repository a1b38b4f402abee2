import type { AnswerState, AssistantTurn, Conversation } from '../shared/conversation.ts';
import { problemText } from '../shared/problemText.ts';
import type { ViewState } from '../shared/protocol/changes.ts';
import { doneSteps, lastTodo } from '../shared/todo.ts';
import { t } from './ui/l10n.ts';

/** Says in sentences what has happened since the last state of the view, for somebody who does not see it. */
export class News {
  #before: ViewState | undefined;
  readonly #queued = new Set<string>();

  since(now: ViewState): string[] {
    const before = this.#before;
    this.#before = now;
    // The first state, or another conversation, is no news of this one.
    const sentences =
      before?.conversation.id === now.conversation.id
        ? [...this.#ofQueue(before, now), ...answerNews(before, now), ...todoNews(before, now)]
        : [];
    for (const { id } of now.queue) this.#queued.add(id);
    return sentences;
  }

  #ofQueue(before: ViewState, now: ViewState): string[] {
    const isQueued = now.queue.some(({ id }) => !this.#queued.has(id));
    const known = new Set(before.conversation.turns.map(({ id }) => id));
    const isSent = now.conversation.turns.some(({ id }) => this.#queued.has(id) && !known.has(id));
    return [
      ...(isQueued ? [t('The message waits for the end of this answer.')] : []),
      ...(isSent ? [t('The message that waited was sent.')] : []),
    ];
  }
}

function todoNews(before: ViewState, now: ViewState): string[] {
  const steps = lastTodo(now.conversation.turns);
  if (!steps || steps === lastTodo(before.conversation.turns)) return [];
  const doing = steps.find(({ state }) => state === 'doing');
  const done = t('{0} of {1} steps done', doneSteps(steps), steps.length);
  return [doing ? t('{0}. Now: {1}', done, doing.text) : done];
}

function answerNews(before: ViewState, now: ViewState): string[] {
  const turn = now.conversation.turns.findLast(
    (candidate): candidate is AssistantTurn => candidate.role === 'assistant',
  );
  if (!turn) return [];
  const known = before.conversation.turns.find(({ id }) => id === turn.id);
  const { state } = turn;
  const isQuiet = isBetween(turn, now.conversation);
  if (known?.role !== 'assistant') return state.phase === 'waiting' && !isQuiet ? [describe(state)] : [];
  const news = isSame(known.state, state) || isQuiet ? [] : [describe(state)];
  if (turn.findings && !known.findings) news.push(t('Findings: {0}', turn.findings.length));
  return news;
}

/** The steps between a message and the end of its answer, one for each round of tools, are not told one by one. */
function isBetween({ id, state, blocks }: AssistantTurn, { turns, mode = 'chat', parameters }: Conversation): boolean {
  const asked = turns[turns.findIndex(turn => turn.id === id) - 1];
  const isReview = asked?.role === 'user' && asked.intent === 'review';
  if (mode === 'chat' || isReview) return false;
  if (state.phase === 'waiting' || state.phase === 'streaming')
    return asked?.role === 'user' && asked.handsBack === true;
  if (state.phase !== 'complete' || state.stopReason !== 'tool_use') return false;
  // Those that the user answers by hand wait for them.
  const byHand = new Set(parameters.tools?.map(({ name }) => name));
  return blocks.some(block => block.type === 'toolUse' && !byHand.has(block.name));
}

function isSame(before: AnswerState, now: AnswerState): boolean {
  if (before.phase === 'retrying' && now.phase === 'retrying') return before.attempt === now.attempt;
  return before.phase === now.phase;
}

function describe(state: AnswerState): string {
  switch (state.phase) {
    case 'waiting':
      return t('Waiting for the answer');
    case 'retrying':
      return t('{0}. Trying again.', problemText(state.problem, t).title);
    case 'streaming':
      return t('Answer started');
    case 'elsewhere':
      return t('Answering in another window');
    case 'complete':
      return t('Answer finished');
    case 'stopped':
      return t('Answer stopped');
    case 'truncated':
    case 'failed': {
      const { title, advice } = problemText(state.problem, t);
      return `${title}. ${advice}`;
    }
  }
}
