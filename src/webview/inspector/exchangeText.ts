import type { Attempt, ExchangeSummary, Outcome, Purpose } from '../../shared/exchange.ts';
import { t } from '../ui/l10n.ts';
import { formatCount } from '../ui/numberText.ts';
import { language } from '../ui/language.ts';

export function purposeText(purpose: Purpose): string {
  switch (purpose) {
    case 'chat':
      return t('Chat');
    case 'explain':
      return t('Explain');
    case 'review':
      return t('Review');
    case 'continue':
      return t('Continue');
    case 'summary':
      return t('Summary');
    case 'again':
      return t('Sent again');
    case 'check':
      return t('Check');
  }
}

export function outcomeText(outcome: Outcome): string {
  switch (outcome) {
    case 'running':
      return t('Running');
    case 'complete':
      return t('Complete');
    case 'stopped':
      return t('Stopped');
    case 'truncated':
      return t('Cut off');
    case 'failed':
      return t('Failed');
  }
}

export const outcomeIcons: Record<Outcome, string> = {
  running: 'loading',
  complete: 'pass',
  stopped: 'circle-slash',
  truncated: 'warning',
  failed: 'error',
};

/** Milliseconds as a reader takes them in. */
export function durationText(milliseconds: number): string {
  return milliseconds < 1000 ? t('{0} ms', Math.round(milliseconds)) : t('{0} s', formatSeconds(milliseconds / 1000));
}

function formatSeconds(seconds: number): string {
  return new Intl.NumberFormat(language(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds);
}

/** What was received is counted at the end alone: before that, the endpoint has named a beginning. */
export function tokensText({ usage, outcome }: ExchangeSummary): string {
  if (!usage) return '';
  const sent = (usage.inputTokens ?? 0) + (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0);
  if (outcome !== 'complete') return t('{0} in', formatCount(sent));
  return t('{0} in · {1} out', formatCount(sent), formatCount(usage.outputTokens ?? 0));
}

export function timeText(startedAt: number): string {
  return new Date(startedAt).toLocaleTimeString(language());
}

/** The moments of an attempt, in their order. */
export function timeline(attempt: Attempt): [label: string, milliseconds: number][] {
  const moments: [string, number | undefined][] = [
    [t('Start'), attempt.startedMs],
    [t('Connected'), attempt.connectedMs],
    [t('First byte'), attempt.headersMs],
    [t('First token'), attempt.firstTokenMs],
    [t('End'), attempt.endedMs],
  ];
  return moments.flatMap(([label, at]) => (at === undefined ? [] : [[label, at]]));
}
