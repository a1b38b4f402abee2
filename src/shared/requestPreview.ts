import type { Adjustment } from './adjustment.ts';
import type { ParameterName } from './parameters.ts';

/** What a request takes before it is answered. */
export interface RequestSize {
  /** Of the input. */
  tokens: number;
  /** Whether they were estimated here, and not counted by the endpoint. */
  isEstimate: boolean;
  /** Tokens. */
  contextWindow: number;
  /** US dollars by the vendor's list, nothing of it from the cache; absent where no price is known. */
  inputCostUsd?: number;
}

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
  size: RequestSize;
}
