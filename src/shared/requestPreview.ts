import type { Adjustment } from './conversation.ts';
import type { ParameterName } from './parameters.ts';

/** The request that would go out now, for whoever sets its parameters. */
export interface RequestPreview {
  /** What is sent where the conversation sets nothing; a name that is absent is not sent. */
  defaults: Partial<Record<ParameterName, string>>;
  adjustments: Adjustment[];
  /** The parameters that would be left out if they were set, and why. */
  unavailable: Partial<Record<ParameterName, Adjustment>>;
  /** The body, letter by letter, except that what is longer than 2,000 characters is cut and says so. */
  json: string;
  /** Characters of the whole body. */
  length: number;
}
