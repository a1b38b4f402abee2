import type { CheckReport, CheckStep } from '../../core/endpoint/checkConnection.ts';
import type { Remark, StepOutcome } from '../../core/endpoint/probes.ts';
import { checkSteps } from '../../core/endpoint/checkConnection.ts';
import type { Problem } from '../../shared/problem.ts';
import { problemText } from '../../shared/problemText.ts';
import type { Translate } from '../../shared/translate.ts';

export interface ReportContext {
  /** Whether there is a key for the origin. */
  hasKey: boolean;
  /** The moment of the check, in the user's own way to write it. */
  when: string;
}

export function stepName(step: CheckStep, t: Translate): string {
  switch (step) {
    case 'reach':
      return t('Reachable');
    case 'models':
      return t('Model list');
    case 'answer':
      return t('Answer as a whole');
    case 'key':
      return t('API key accepted');
    case 'stream':
      return t('Streamed answer');
    case 'countTokens':
      return t('Counting tokens');
    case 'tools':
      return t('Tools');
    case 'thinking':
      return t('Thinking');
    case 'images':
      return t('Images');
  }
}

/** A report as Markdown that reads well as plain text too. It names the origin and never the key. */
export function reportText(report: CheckReport, context: ReportContext, t: Translate): string {
  const rows = checkSteps.map(step => stepRow(step, report.outcomes[step], t));
  const paragraphs = [
    `# ${t('Connection to {0}', report.origin)}`,
    t('Checked on {0} with the model {1}.', context.when, report.model),
    ...summary(report, context, t),
    `## ${t('What was tried')}`,
    rows.join('\n'),
    ...latencyText(report, t),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** What matters first: what does not work and what to do about it, or that all is well. */
function summary(report: CheckReport, { hasKey }: ReportContext, t: Translate): string[] {
  const { reach, answer, stream, tools } = report.outcomes;
  if (report.stopped) return [t('The check was stopped before its end.')];
  if (reach.problem) return problemLines(reach.problem, t);
  if (!hasKey) {
    return [
      t('There is no API key for {0}.', report.origin),
      t('Something answers there; nothing more was tried. Set your API key, then check again.'),
    ];
  }
  if (report.foundAt !== undefined) {
    return [
      t('The base URL leads to another place than the Messages API.'),
      t('The API was found at {0}: set this as the base URL.', report.foundAt),
    ];
  }
  const problem = stream.problem && answer.problem ? stream.problem : answer.problem;
  if (problem && stream.result !== 'yes') return problemLines(problem, t);
  return [
    t('Chatting works.'),
    ...(answer.problem ? [t('The endpoint answers in streams only: leave “Stream” on.')] : []),
    ...(stream.problem ? [t('The endpoint does not stream: switch “Stream” off.')] : []),
    ...(tools.result === 'no' ? [t('Reviews need tools, and tools do not work here: see below.')] : []),
  ];
}

/** The problem's own title and advice, and the endpoint's words. */
function problemLines(problem: Problem, t: Translate): string[] {
  const { title, advice } = problemText(problem, t);
  const words = endpointWords(problem, t);
  return [`${title}.`, advice, ...(words === '' ? [] : [words])];
}

function endpointWords({ detail, status, requestId }: Problem, t: Translate): string {
  const facts = [
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(requestId === undefined ? [] : [t('request id {0}', requestId)]),
  ].join(', ');
  // The words are the endpoint's: as code they can't become a link or a heading.
  const words = detail.replace(/[\s`]+/g, ' ').trim();
  if (words === '') return facts;
  return `\`${words}\`${facts === '' ? '' : ` (${facts})`}`;
}

function stepRow(step: CheckStep, outcome: StepOutcome, t: Translate): string {
  const notes = [
    ...measures(step, outcome, t),
    ...outcome.remarks.map(remark => remarkText(remark, outcome, t)),
    ...(outcome.problem ? problemNotes(step, outcome.problem, t) : []),
  ];
  const row = `- ${stepName(step, t)}: ${resultWord(outcome, t)}`;
  return notes.length === 0 ? row : `${row}. ${notes.join(' ')}`;
}

function resultWord({ result }: StepOutcome, t: Translate): string {
  switch (result) {
    case 'yes':
      return t('yes');
    case 'no':
      return t('no');
    case 'unclear':
      return t('unclear');
    case 'skipped':
      return t('not tried');
  }
}

function measures(step: CheckStep, { count, firstByteMs }: StepOutcome, t: Translate): string[] {
  if (step === 'models' && count !== undefined) return [t('Models: {0}.', count)];
  if (step === 'countTokens' && count !== undefined) return [t('It counted {0} tokens in a short question.', count)];
  if (step === 'stream' && firstByteMs !== undefined) {
    return [t('The first piece came after {0} ms.', Math.round(firstByteMs))];
  }
  return [];
}

function remarkText(remark: Remark, { named = '' }: StepOutcome, t: Translate): string {
  switch (remark) {
    case 'redirected':
      return named === ''
        ? t('It redirects elsewhere. Redirects are not followed, since the key belongs to this origin.')
        : t('It redirects to {0}. Redirects are not followed, since the key belongs to this origin.', named);
    case 'modelNotListed':
      return t('The model in the settings is not among them.');
    case 'streamForJson':
      return t('It came as a stream although none was asked for, and was read all the same.');
    case 'jsonForStream':
      return t(
        'The answer came in one piece: the endpoint, or a proxy before it, does not stream. It is shown when it is complete.',
      );
    case 'otherModel':
      return t('It says that {0} has answered.', named);
    case 'toolNotCalled':
      return t('The model answered in words where a tool call was asked for. Reviews need tool calls.');
    case 'toolInputBroken':
      return t('The tool was called with input that is no JSON.');
    case 'thinkingIgnored':
      return t('The request was accepted, and no thinking came back.');
    case 'thinkingNotUsed':
      return t('The request was accepted; the model did without thinking.');
    case 'thinkingUnsigned':
      return t('It is not signed, so it is left out of later requests.');
    case 'imageNotSeen':
      return t('The request was accepted; the answer does not show that the picture was seen.');
  }
}

function problemNotes(step: CheckStep, problem: Problem, t: Translate): string[] {
  const missing = ['notFound', 'unreadable', 'redirected', 'otherProtocol', 'emptyReply', 'badRequest'].includes(
    problem.kind,
  );
  const title =
    missing && (step === 'countTokens' || step === 'models')
      ? t('The endpoint does not offer it.')
      : `${problemText(problem, t).title}.`;
  const words = endpointWords(problem, t);
  return words === '' ? [title] : [title, words];
}

function latencyText({ latency }: CheckReport, t: Translate): string[] {
  if (!latency) return [];
  const [first, next] = [Math.round(latency.newConnectionMs), Math.round(latency.openConnectionMs)];
  return [t('The first reply on a new connection took {0} ms, the next on the same connection {1} ms.', first, next)];
}
