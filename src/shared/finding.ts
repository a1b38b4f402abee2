/** The tool that a review's findings come through. */
export const reportToolName = 'report_findings';

export type Severity = 'error' | 'warning' | 'info';

/** Where a finding of a review stands, or why it stands nowhere. */
export type Placement =
  { placed: true; line: number; endLine: number } | { placed: false; reason: 'notFound' | 'ambiguous' | 'noFile' };

/** Its suggestion was applied, it was dismissed by itself, or cleared with all others. */
export type FindingClosed = 'applied' | 'dismissed' | 'cleared';

/** One finding of a review. `line` numbers are 1-based and belong to the moment of the review. */
export interface Finding {
  id: string;
  severity: Severity;
  title: string;
  /** Markdown. */
  explanation: string;
  /** The code that the finding is about, word for word; it decides the place. */
  quote: string;
  /** What should stand in place of `quote`; absent where there is no one replacement. */
  replacement?: string;
  path: string;
  uri: string;
  placement: Placement;
  /** How the user has closed it; absent while it is open. */
  closed?: FindingClosed;
}
