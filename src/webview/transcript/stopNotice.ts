import type { AssistantTurn, SentLimits } from '../../shared/conversation.ts';
import { cutCall } from '../../shared/toolCalls.ts';
import type { Translate } from '../../shared/translate.ts';
import { formatCount } from '../ui/numberText.ts';

export interface StopNotice {
  severity: 'info' | 'warning';
  text: string;
  /** Where what decides about it is set. */
  offers?: 'settings' | 'parameters';
  /** Whether it is worth asking again: what there is can't be gone on from. */
  offersRetry?: boolean;
  /** Whether another question, or another model, may get an answer. */
  offersOther?: boolean;
  /** The endpoint's own words. */
  detail?: string;
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
        ...(turn.limits?.maxTokensFrom !== 'model' && { offers: turn.limits?.maxTokensFrom ?? 'settings' }),
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
    case 'content_filter':
      return declined(
        turn,
        t(
          'A filter of the endpoint stopped this answer. Put the question differently, or ask the endpoint’s operator; this turn is not sent again.',
        ),
      );
    case 'refusal':
      return declined(
        turn,
        t(
          'The model declined to answer this. Put the question differently, or choose another model; this turn is not sent again.',
        ),
      );
    case 'stop_sequence':
      return {
        severity: 'info',
        text: sequenceText(turn, t),
        ...(turn.limits?.stopSequencesFrom && { offers: turn.limits.stopSequencesFrom }),
      };
    case 'pause_turn':
      return warning(pauseText(turn, t));
    default:
      return {
        severity: 'info',
        text: t('The endpoint ended the answer with “{0}”.', stopReason),
      };
  }
}

function pauseText({ pause }: AssistantTurn, t: Translate): string {
  if (pause === 'rounds') return t('The model has used tools many times without a word from you. Shall it go on?');
  if (pause === 'budget') return t('A budget is used up. Shall the model go on with what its tools have found?');
  return t('The model paused before it was done.');
}

function limitText(turn: AssistantTurn, ways: WaysOn, t: Translate): string {
  // Not what was counted: relays count otherwise than they limit, and a continued answer has taken several limits.
  const limit = turn.limits?.maxTokens;
  const cut = cutCall(turn);
  // One that is taken care of here goes back as cut.
  const isLost = cut && !turn.calls?.some(({ index }) => turn.blocks[index] === cut);
  const sentences = [
    limit === undefined
      ? t('The answer reached the limit of tokens and is cut off.')
      : t('The answer reached the limit of {0} tokens and is cut off.', formatCount(limit)),
    isLost ? t('Its use of the tool {0} is incomplete and is not sent again.', cut.name) : '',
    adviceAtLimit(turn.limits, ways, t),
  ];
  return sentences.filter(sentence => sentence !== '').join(' ');
}

function adviceAtLimit(limits: SentLimits | undefined, { goesOn, isLast }: WaysOn, t: Translate): string {
  if (!goesOn && !isLast) return '';
  switch (limits?.maxTokensFrom) {
    case 'model':
      return goesOn ? t('Continue it.') : t('Ask for less at once, or choose another model.');
    case 'parameters':
      return goesOn
        ? t('Continue it, or raise the limit in the parameters of this conversation.')
        : t('Raise the limit in the parameters of this conversation, then try again.');
    case 'settings':
    case undefined:
      return goesOn
        ? t('Continue it, or raise the limit in the settings.')
        : t('Raise the limit in the settings, then try again.');
  }
}

function sequenceText({ state, limits }: AssistantTurn, t: Translate): string {
  const sequence = state.phase === 'complete' ? state.stopSequence : undefined;
  // Line breaks are often a part of it.
  const shown = sequence === undefined ? undefined : JSON.stringify(sequence).slice(1, -1);
  switch (limits?.stopSequencesFrom) {
    case 'settings':
      return shown === undefined
        ? t('The answer ended at one of the stop sequences from your settings.')
        : t('The answer ended at the stop sequence “{0}” from your settings.', shown);
    case 'parameters':
      return shown === undefined
        ? t('The answer ended at one of the stop sequences of this conversation.')
        : t('The answer ended at the stop sequence “{0}” of this conversation.', shown);
    case undefined:
      return shown === undefined
        ? t('The answer ended at a stop sequence.')
        : t('The answer ended at the stop sequence “{0}”.', shown);
  }
}

/** Of what the endpoint says about it, the category is its word, as it stands. */
function declined({ state }: AssistantTurn, text: string): StopNotice {
  const { category, explanation } = (state.phase === 'complete' && state.stopDetails) || {};
  const detail = [category, explanation].filter(part => part !== undefined && part !== '').join(': ');
  return { severity: 'warning', text, offersOther: true, ...(detail !== '' && { detail }) };
}

function warning(text: string): StopNotice {
  return { severity: 'warning', text };
}
