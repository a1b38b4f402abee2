import { effect } from '@preact/signals';
import type { AnswerState } from '../shared/conversation.ts';
import { problemText } from '../shared/problemText.ts';
import { t } from './l10n.ts';
import type { Store } from './store.ts';

/**
 * Tells screen readers when an answer starts, ends or fails, never its words as they arrive: those would drown
 * everything else. Returns what says any other sentence.
 */
export function startAnnouncer(parent: HTMLElement, store: Store): (sentence: string) => void {
  const region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('aria-live', 'polite');
  region.setAttribute('role', 'status');
  parent.append(region);
  const announce = (sentence: string): void => {
    region.textContent = sentence;
  };

  let last: { turnId: string; phase: AnswerState['phase'] } | undefined;
  effect(() => {
    const turn = store.view.value?.conversation.turns.findLast(({ role }) => role === 'assistant');
    if (turn?.role !== 'assistant') {
      last = undefined;
      return;
    }
    const { state } = turn;
    const isNews = last?.turnId === turn.id ? last.phase !== state.phase : state.phase === 'waiting';
    last = { turnId: turn.id, phase: state.phase };
    const sentence = isNews ? describe(state) : '';
    if (sentence !== '') announce(sentence);
  });
  return announce;
}

function describe(state: AnswerState): string {
  switch (state.phase) {
    case 'waiting':
      return t('Waiting for the answer');
    case 'retrying':
      return t('{0}. Trying again.', problemText(state.problem, t).title);
    case 'streaming':
      return t('Answer started');
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
