import type { AnswerState } from '../../shared/conversation.ts';
import { problemText } from '../../shared/problemText.ts';
import type { Translate } from '../../shared/translate.ts';

export const noticeChoices = ['afterTenSeconds', 'always', 'never'] as const;
/** After which answers the user wants to be told that they have ended. */
export type NoticeChoice = (typeof noticeChoices)[number];

/** Milliseconds after which somebody may have turned to something else. */
const longAnswerMs = 10_000;

/** Whether to tell of an answer that has ended so. Whoever looks at the window sees it, and a stop was the user's own. */
export function isNews(choice: NoticeChoice, isWindowFocused: boolean, tookMs: number, end: AnswerState): boolean {
  if (choice === 'never' || isWindowFocused || end.phase === 'stopped') return false;
  return choice === 'always' || tookMs >= longAnswerMs;
}

export interface Notice {
  isTrouble: boolean;
  text: string;
}

export function noticeOf(title: string, end: AnswerState, t: Translate): Notice {
  switch (end.phase) {
    case 'failed':
      return { isTrouble: true, text: t('“{0}” could not be answered: {1}', title, problemText(end.problem, t).title) };
    case 'truncated':
      return { isTrouble: true, text: t('The answer to “{0}” was cut: {1}', title, problemText(end.problem, t).title) };
    case 'waiting':
    case 'streaming':
    case 'retrying':
    case 'elsewhere':
    case 'complete':
    case 'stopped':
      return { isTrouble: false, text: t('“{0}” was answered.', title) };
  }
}
