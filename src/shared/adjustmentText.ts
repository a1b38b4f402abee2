import type { Adjustment, AdjustmentReason } from './adjustment.ts';
import type { Translate } from './translate.ts';

/** One difference between what was wanted and what was sent, as a sentence. */
export function adjustmentText(adjustment: Adjustment, t: Translate): string {
  const { field, change, sent, reason } = adjustment;
  if (reason === 'unsigned') {
    return t('Earlier thinking was left out: it has no signature, and the endpoint would refuse it.');
  }
  if (reason === 'signature') {
    return t('Earlier thinking was left out: the endpoint could not verify it any more.');
  }
  if (reason === 'withoutTools') {
    return t('Earlier tool uses and their results were left out: this request does not offer those tools.');
  }
  if (reason === 'declined') {
    return t('What the model has declined to answer was left out.');
  }
  if (reason === 'blocked') {
    return t('What your check has blocked was left out.');
  }
  if (reason === 'failed') {
    return t('Questions without an answer were left out.');
  }
  if (reason === 'imageRoom') {
    return t('The oldest images were left out: a request takes only so many, and fewer of those that are large.');
  }
  if (field === 'native_tools') {
    return t(
      'Tools were sent with schemas of our own: this endpoint has refused the service’s own kinds of them before.',
    );
  }
  if (reason === 'secrets') {
    return sent === 1
      ? t('One secret was sent as a placeholder and put back here.')
      : t('{0} secrets were sent as placeholders and put back here.', sent ?? '');
  }
  if (reason === 'blank') {
    return t('Blank stop sequences were left out: each needs a character that is not white space.');
  }
  if (reason === 'tooMany') return t('Only the first four stop sequences were sent: the endpoint takes no more.');
  if (field === 'thinking.budget_tokens' && reason === 'thinkingForm' && sent !== undefined) {
    return t('thinking was sent with a budget of {0} tokens: this model takes no other form.', sent);
  }
  const why = field === 'thinking.budget_tokens' ? budgetReason(t) : reasonText(reason, t);
  return change === 'leftOut' || sent === undefined
    ? t('{0} was left out: {1}', field, why)
    : t('{0} was sent as {1}: {2}', field, sent, why);
}

function budgetReason(t: Translate): string {
  return t('a budget has at least 1024 tokens, and fewer than max_tokens.');
}

function reasonText(
  reason: Exclude<
    AdjustmentReason,
    | 'unsigned'
    | 'signature'
    | 'withoutTools'
    | 'declined'
    | 'blocked'
    | 'failed'
    | 'imageRoom'
    | 'secrets'
    | 'blank'
    | 'tooMany'
  >,
  t: Translate,
): string {
  switch (reason) {
    case 'notWithTemperature':
      return t('this model takes it only without temperature.');
    case 'notOnThisModel':
      return t('this model does not take it.');
    case 'notWithThinking':
      return t('the model does not take it while it thinks.');
    case 'refusedBefore':
      return t('this endpoint has refused it for this model before.');
    case 'aboveMaximum':
      return t('that is the most it takes.');
    case 'belowMinimum':
      return budgetReason(t);
    case 'thinkingForm':
      return t('this model takes that form only.');
    case 'toolLoop':
      return t('the thinking before the tool use cannot be handed back.');
    case 'thinkingShare':
      return t('under this id most of it goes into thinking.');
    case 'noSuchTool':
      return t('there is no tool of that name.');
    case 'withResults':
      return t('with the results of tools it would force one more call, without end.');
    case 'untrusted':
      return t('tools run only in a workspace that you trust.');
    case 'empty':
      return t('there are no tools to choose from.');
  }
}
