import type { Problem, RefusedAttachment } from './problem.ts';
import { checkFailureText } from './checkText.ts';
import { certificateText, pauseText, unreachableText } from './networkText.ts';
import type { Translate } from './translate.ts';

/** What the user can do about a problem; each is a button. */
export type ProblemAction =
  | 'tryAgain'
  /** Ask again without the field that was refused. */
  | 'retryWithout'
  /** Ask again without what was attached and refused. */
  | 'retryWithoutRefused'
  /** What takes up room, and how to make some; see RoomOffers. */
  | 'makeRoom'
  /** Go on with a model that has a larger context window, and ask it. */
  | 'useLarger'
  /** Get the rest of what was cut. */
  | 'continue'
  /** Change the question that was not answered. */
  | 'editMessage'
  | 'setApiKey'
  /** Send the key in the other header, and go on so where it is accepted. */
  | 'useOtherKeyHeader'
  | 'chooseModel'
  /** Go on with the model that takes the place of one that has ended, and ask it. */
  | 'useSuccessor'
  | 'openSettings'
  /** Those of the user's own check. */
  | 'setUpCheck'
  | 'showLog'
  /** Send requests through the other transport. */
  | 'useOtherNetwork';

export interface ProblemText {
  /** What happened, without a full stop. */
  title: string;
  /** What to do next, in one or two sentences. */
  advice: string;
  /** The most useful first. */
  actions: ProblemAction[];
}

/** A problem in words. The endpoint's own words are not in it; they stand beside it as `problem.detail`. */
export function problemText(problem: Problem, t: Translate): ProblemText {
  const text = textOfKind(problem, t);
  if (!problem.suggestsTransport) return text;
  const [first = 'tryAgain', ...others] = text.actions;
  return { ...text, actions: [first, 'useOtherNetwork', ...others] };
}

function textOfKind(problem: Problem, t: Translate): ProblemText {
  if (problem.refused) return refusedText(problem.refused, t);
  switch (problem.kind) {
    case 'noKey':
      return {
        title: t('No API key'),
        advice:
          problem.detail === ''
            ? t('Set your API key, then try again.')
            : t('Set your API key for {0}, then try again.', hostOf(problem.detail)),
        actions: ['setApiKey', 'tryAgain'],
      };
    case 'keyUnreadable':
      return {
        title: t('The API key could not be read'),
        advice: t('Unlock the keyring of your system, or set the key again.'),
        actions: ['tryAgain', 'setApiKey'],
      };
    case 'badBaseUrl':
      return {
        title: t('The base URL cannot be used'),
        advice: t('Nothing was sent. Correct the base URL in the settings, then try again.'),
        actions: ['openSettings', 'tryAgain'],
      };
    case 'authentication':
      return {
        title: t('The API key was not accepted'),
        advice: t(
          'The endpoint does not know this key. Check that it is complete, still valid and belongs to this base URL.',
        ),
        actions: problem.otherKeyHeader
          ? ['setApiKey', 'useOtherKeyHeader', 'openSettings', 'tryAgain']
          : ['setApiKey', 'openSettings', 'tryAgain'],
      };
    case 'billing':
      return {
        title: t('The account has no credit left'),
        advice: t(
          'The balance or the spending limit of this key is used up. Top it up with your provider, or use another key.',
        ),
        actions: ['tryAgain', 'setApiKey'],
      };
    case 'permission':
      return {
        title: t('This key may not do that'),
        advice: t(
          'The endpoint knows the key and refuses this request. Often the model is not included in the plan: choose another one.',
        ),
        actions: ['chooseModel', 'setApiKey', 'tryAgain'],
      };
    case 'notFound':
      if (problem.modelEnd) {
        const { day, successor } = problem.modelEnd;
        return {
          title: t('The model was not found'),
          advice: t('Its vendor ends it on {0}. {1} takes its place.', day, successor),
          actions: ['useSuccessor', 'chooseModel', 'tryAgain'],
        };
      }
      if (problem.said?.isModel) {
        return {
          title: t('The model was not found'),
          advice: t('The endpoint does not offer it to this key. Choose another model.'),
          actions: ['chooseModel', 'tryAgain'],
        };
      }
      return {
        title: t('The model or the address was not found'),
        advice: t(
          'The endpoint does not offer this model, or the base URL leads somewhere else. Choose another model, or check the base URL.',
        ),
        actions: ['chooseModel', 'openSettings', 'tryAgain'],
      };
    case 'tooLarge':
      return {
        title: t('The conversation is too large to send'),
        advice: t('Leave out what was attached, or begin again with a summary. Nothing is lost.'),
        actions: ['makeRoom', 'tryAgain'],
      };
    case 'promptTooLong':
      return {
        title: t('The conversation is too long for this model'),
        advice: problem.hasLarger
          ? t(
              'Leave out what was attached, begin again with a summary, or ask a model with a larger context window. Nothing is lost.',
            )
          : t('Leave out what was attached, or begin again with a summary. Nothing is lost.'),
        actions: problem.hasLarger ? ['makeRoom', 'useLarger', 'tryAgain'] : ['makeRoom', 'tryAgain'],
      };
    case 'badRequest':
      if (problem.field !== undefined) {
        return {
          title: t('The endpoint refused {0}', problem.field),
          advice: t('It names the reason below. Without it the request may go through; that is then remembered.'),
          actions: ['retryWithout', 'openSettings', 'tryAgain'],
        };
      }
      return {
        title: t('The endpoint refused the request'),
        advice: t('It names the reason below. Often a parameter in the settings does not suit this model.'),
        actions: ['openSettings', 'chooseModel', 'tryAgain'],
      };
    case 'rateLimited':
      return {
        title: t('Too many requests'),
        advice: pauseText(problem.retryAfterMs, t),
        actions: ['tryAgain', 'chooseModel'],
      };
    case 'overloaded':
      return {
        title: t('The endpoint is overloaded'),
        advice: t('This passes by itself. Try again in a moment, or choose another model.'),
        actions: ['tryAgain', 'chooseModel'],
      };
    case 'serverError':
      return {
        title: t('The endpoint failed'),
        advice: t('The fault is on its side. Try again; if it stays, look at its status page.'),
        actions: ['tryAgain', 'showLog'],
      };
    case 'unreachable':
      return {
        title: t('The endpoint cannot be reached'),
        advice: unreachableText(problem.code ?? '', t),
        actions: ['tryAgain', 'openSettings', 'showLog'],
      };
    case 'proxy':
      return {
        title: t('The proxy did not let the request through'),
        advice: t(
          'The endpoint never saw it. Check the proxy’s address and sign-in under “Http: Proxy” in the settings.',
        ),
        actions: ['tryAgain', 'openSettings', 'showLog'],
      };
    case 'certificate':
      return {
        title: t('The connection is not trusted'),
        advice: certificateText(problem.code ?? '', t),
        actions: ['tryAgain', 'openSettings', 'showLog'],
      };
    case 'timeout':
      return {
        title: t('The endpoint did not answer in time'),
        advice: t('Try again. If it happens often, ask for shorter answers or choose a faster model.'),
        actions: ['tryAgain', 'chooseModel', 'showLog'],
      };
    case 'connectionLost':
      return {
        title: t('The connection was lost'),
        advice: t('The answer is not complete. What arrived is kept until you try again.'),
        actions: ['tryAgain', 'showLog'],
      };
    case 'endedEarly':
      return {
        title: t('The answer ended too early'),
        advice: t(
          'The endpoint closed the connection before the answer was complete. What arrived is kept until you try again.',
        ),
        actions: ['tryAgain', 'showLog'],
      };
    case 'interrupted':
      return {
        title: t('The answer was interrupted'),
        advice: t('The window was closed or reloaded before the answer was complete. Try again to get all of it.'),
        actions: ['tryAgain'],
      };
    case 'unreadable':
      return {
        title: t('The reply could not be read'),
        advice: t(
          'It is not a Messages API reply. Check that the base URL leads to the API and not to a web page or a sign-in.',
        ),
        actions: ['openSettings', 'tryAgain', 'showLog'],
      };
    case 'redirected':
      return {
        title: t('The endpoint sent the request to another address'),
        advice: t(
          'It was not followed: your key goes to the address that it was stored for, and nowhere else. If you trust the other one, set it as base URL.',
        ),
        actions: ['openSettings', 'tryAgain', 'showLog'],
      };
    case 'otherProtocol':
      return {
        title: t('This address speaks another protocol: {0}', problem.detail),
        advice: t('Set a base URL under which the endpoint offers the Messages API, at /v1/messages.'),
        actions: ['openSettings', 'tryAgain', 'showLog'],
      };
    case 'answerTooLong':
      return unread(t('The answer is too long to be read'), t);
    case 'eventTooLong':
      return unread(t('A piece of the answer is too long to be read'), t);
    case 'tooManyBlocks':
      return unread(t('The answer has too many parts'), t);
    case 'errorTooLong':
      return {
        title: t('The endpoint failed, and what it says is too long to be read'),
        advice: t('Check that the base URL leads to the API and not to a web page or a download.'),
        actions: ['tryAgain', 'openSettings', 'showLog'],
      };
    case 'emptyReply':
      return {
        title: t('The reply was empty'),
        advice: t(
          'The endpoint reported success and sent nothing, also when it was asked again. Try again later, or choose another model.',
        ),
        actions: ['tryAgain', 'chooseModel', 'showLog'],
      };
    case 'noReport':
      return {
        title: t('The review brought no findings list'),
        advice: t(
          'The model answered without reporting findings in the form that a review needs. Try again, or choose another model.',
        ),
        actions: ['tryAgain', 'chooseModel'],
      };
    case 'reportCut':
      return {
        title: t('The findings were cut off'),
        advice: t(
          'The answer reached its token limit before the list was complete. Raise the limit in the settings, or review less at once.',
        ),
        actions: ['openSettings', 'tryAgain'],
      };
    case 'declined':
      return {
        title: t('The model declined'),
        advice: t('Try again, or choose another model.'),
        actions: ['tryAgain', 'chooseModel'],
      };
    case 'heldBack':
      return {
        title: t('Not sent'),
        advice: t('You kept it back because of what was found in it. Change the message, or try again.'),
        actions: ['editMessage', 'tryAgain'],
      };
    case 'blocked':
      return {
        title: t('Not sent: your check has blocked it'),
        advice: t(
          'Nothing has gone to the endpoint, and the message is kept. Change it, or look at the check’s settings.',
        ),
        actions: ['editMessage', 'setUpCheck', 'tryAgain'],
      };
    case 'checkFailed':
      return {
        title: t('Not sent: your check has brought no verdict'),
        advice: checkFailureText(problem.check?.failure ?? 'noVerdict', problem.check?.by ?? '', t),
        actions: ['tryAgain', 'setUpCheck', 'editMessage'],
      };
    case 'internal':
      return {
        title: t('Something went wrong inside Marginalia'),
        advice: t('Try again. If it happens again, the log says more.'),
        actions: ['tryAgain', 'showLog'],
      };
  }
}

/** Of images and documents that the endpoint does not take. */
function refusedText(refused: readonly RefusedAttachment[], t: Translate): ProblemText {
  const [only, ...more] = refused;
  const actions: ProblemAction[] = ['retryWithoutRefused', 'chooseModel', 'tryAgain'];
  if (only && more.length === 0) {
    return {
      title: t('The endpoint refused {0}', only.name),
      advice: t('It names the reason below. The question can be asked without it; later requests leave it out too.'),
      actions,
    };
  }
  return {
    title: t('The endpoint refused what was attached'),
    advice: t('It names the reason below. The question can be asked without it; later requests leave it out too.'),
    actions,
  };
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/** Of an answer with more of something than any that the API gives. */
function unread(title: string, t: Translate): ProblemText {
  return {
    title,
    advice: t('The rest was not read. What arrived is kept until you try again.'),
    actions: ['tryAgain', 'chooseModel', 'showLog'],
  };
}
