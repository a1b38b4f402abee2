import type { Usage } from '../shared/conversation.ts';
import type { Translate } from '../shared/problemText.ts';
import { language } from './language.ts';

export interface StopNotice {
  severity: 'info' | 'warning';
  text: string;
  /** Whether a setting decides about it. */
  offersSettings: boolean;
}

/**
 * What the reader should know about why an answer ended, or undefined where it just ended. Relays also send the words
 * of another protocol (`length`, `stop`, `content_filter`), which mean the same.
 */
export function stopNotice(stopReason: string | null, usage: Usage | undefined, t: Translate): StopNotice | undefined {
  switch (stopReason) {
    case null:
    case 'end_turn':
    case 'stop':
    case 'tool_use':
    case 'tool_calls':
      return undefined;
    case 'max_tokens':
    case 'length':
      return { severity: 'warning', text: limitText(usage, t), offersSettings: true };
    case 'model_context_window_exceeded':
      return warning(
        t(
          'The conversation fills the model’s context window, so the answer stops here. Make room with what is offered above the message, then continue.',
        ),
      );
    case 'refusal':
    case 'content_filter':
      return warning(
        t(
          'The model declined to answer this. Put the question differently, or choose another model; this turn is not sent again.',
        ),
      );
    case 'stop_sequence':
      return {
        severity: 'info',
        text: t('The answer ended at one of the stop sequences from your settings.'),
        offersSettings: true,
      };
    case 'pause_turn':
      return warning(t('The model paused before it was done.'));
    default:
      return {
        severity: 'info',
        text: t('The endpoint ended the answer with “{0}”.', stopReason),
        offersSettings: false,
      };
  }
}

function limitText(usage: Usage | undefined, t: Translate): string {
  const advice = t('Continue it, or raise the limit in the settings.');
  const limit = usage?.outputTokens;
  if (limit === undefined) return `${t('The answer reached the limit of tokens and is cut off.')} ${advice}`;
  return `${t('The answer reached the limit of {0} tokens and is cut off.', formatCount(limit))} ${advice}`;
}

function warning(text: string): StopNotice {
  return { severity: 'warning', text, offersSettings: false };
}

/** A number with the user's thousands separators. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}
