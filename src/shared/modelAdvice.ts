/** Another model that suits what is written better than the one that would be asked. */
export interface ModelAdvice {
  /** Its id. */
  model: string;
  name: string;
  reason: AdviceReason;
}

/**
 * `quick`: a short question for the costliest family. `review`, `much`: a review, or much to read, for the fastest one.
 * `window`: more than fits the context window.
 */
export type AdviceReason = 'quick' | 'review' | 'much' | 'window';
