/** Why a field was left out or changed. */
export type AdjustmentReason =
  | 'notWithTemperature'
  | 'notOnThisModel'
  | 'notWithThinking'
  | 'refusedBefore'
  | 'aboveMaximum'
  | 'belowMinimum'
  | 'blank'
  | 'tooMany'
  | 'thinkingForm'
  | 'unsigned'
  /** The endpoint could not verify the thinking of earlier turns. */
  | 'signature'
  /** A tool's result has to follow the thinking that led to its call, and there is none that can be handed back. */
  | 'toolLoop'
  /** The endpoint takes most of it for thinking. */
  | 'thinkingShare'
  | 'empty'
  /** The tool that it names is not among the tools. */
  | 'noSuchTool'
  /** The message has had the call that it forces. */
  | 'withResults'
  /** The request offers none of the tools that were used earlier. */
  | 'withoutTools'
  /** The workspace is not trusted. */
  | 'untrusted'
  /** The model has declined to answer it. */
  | 'declined'
  /** The user’s own check has blocked it. */
  | 'blocked'
  /** The request for its answer failed, and was not tried again. */
  | 'failed'
  /** Secrets went out as placeholders; `sent` counts them. */
  | 'secrets'
  /** There are more images, or larger ones, than a request may carry. */
  | 'imageRoom';

/** One difference between what the user wants and what is sent. */
export interface Adjustment {
  /** The wire's name of the field, such as `top_p`. */
  field: string;
  change: 'leftOut' | 'changed';
  reason: AdjustmentReason;
  /** What is sent instead, where something is. */
  sent?: number | string;
}
