import type { AssistantTurn } from '../shared/conversation.ts';
import { cutCall } from '../shared/toolCalls.ts';
import type { Translate } from '../shared/problemText.ts';
import { language } from './language.ts';

export interface StopNotice {
  severity: 'info' | 'warning';
  text: string;
  /** Whether a setting decides about it. */
  offersSettings: boolean;
  /** Whether it is worth asking again: what there is can't be gone on from. */
  offersRetry?: boolean;
}

/** What can be done about the end of an answer. */
interface WaysOn {
  /** Whether it can be continued. */
  goesOn: boolean;
  /** Whether it is the last one, and can be asked for again. */
  isLast: boolean;
}

/**
 * What the reader should know about why an answer ended, or undefined where it just ended. Relays also send the words
 * of another protocol (`length`, `stop`, `content_filter`), which mean the same.
 */
export function stopNotice(
  stopReason: string | null,
  turn: AssistantTurn,
  ways: WaysOn,
  t: Translate,
): StopNotice | undefined {
  switch (stopReason) {
    case null:
    case 'end_turn':
    case 'stop':
    case 'tool_use':
    case 'tool_calls':
      return undefined;
    case 'max_tokens':
    case 'length':
      return {
        severity: 'warning',
        text: limitText(turn, ways, t),
        offersSettings: true,
        offersRetry: ways.isLast && !ways.goesOn,
      };
    case 'model_context_window_exceeded':
      return warning(
        ways.goesOn
          ? t(
              'The conversation fills the model’s context window, so the answer stops here. Make room with what is offered above the message, then continue.',
            )
          : t('The conversation fills the model’s context window, so the answer stops here.'),
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

function limitText(turn: AssistantTurn, ways: WaysOn, t: Translate): string {
  const limit = turn.usage?.outputTokens;
  const cut = cutCall(turn);
  const sentences = [
    limit === undefined
      ? t('The answer reached the limit of tokens and is cut off.')
      : t('The answer reached the limit of {0} tokens and is cut off.', formatCount(limit)),
    cut ? t('Its use of the tool {0} is incomplete and is not sent again.', cut.name) : '',
    adviceAtLimit(ways, t),
  ];
  return sentences.filter(sentence => sentence !== '').join(' ');
}

function adviceAtLimit({ goesOn, isLast }: WaysOn, t: Translate): string {
  if (goesOn) return t('Continue it, or raise the limit in the settings.');
  return isLast ? t('Raise the limit in the settings, then try again.') : '';
}

function warning(text: string): StopNotice {
  return { severity: 'warning', text, offersSettings: false };
}

/** A number with the user's thousands separators. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}
