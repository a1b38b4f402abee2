import { parseSpan, type UsageSpanChoice } from '../../shared/usageReport.ts';

/** What the charts measure. */
export type Measure = 'cost' | 'tokens';

/** What the user has chosen to see. */
export interface UsageChoices {
  span: UsageSpanChoice;
  measure: Measure;
}

/** What was chosen before the page was built anew, or what a page begins with. */
export function parseChoices(state: unknown): UsageChoices {
  const { span, measure } = (typeof state === 'object' && state !== null ? state : {}) as Record<string, unknown>;
  return { span: parseSpan(span) ?? { kind: 'days', count: 30 }, measure: measure === 'tokens' ? 'tokens' : 'cost' };
}
