import type { Parameters } from '../../shared/parameters.ts';
import { t } from '../ui/l10n.ts';

/** What stands over thinking that is over; without a time where it is not known. */
export function thoughtTitle(durationMs: number | undefined): string {
  if (durationMs === undefined) return t('Thought');
  const seconds = Math.round(durationMs / 1000);
  return seconds === 0 ? t('Thought for less than a second') : t('Thought for {0}', thinkingSeconds(seconds));
}

export function thinkingSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? t('{0} s', seconds) : t('{0} min {1} s', minutes, seconds % 60);
}

/** Whether the conversation asks for thinking in words. */
export function asksForSummary(thinking: Parameters['thinking']): boolean {
  return thinking !== undefined && thinking.type !== 'disabled' && thinking.display === 'summarized';
}
